/* The board's configuration: in RAM for whoever asks, in two flash pages for the next start. */
#pragma once

#include <stdbool.h>

#include "hal/result.h"
#include "protocol/config.h"

/* Reads both pages; the defaults if none is valid. */
void settings_init(void);

const config *settings_get(void);

/* Whether no valid page was found and none was saved since. */
bool settings_are_defaults(void);

/* Takes some 6 ms. Losing power at any moment leaves the old or the new settings (protocol/config_page.h).
 * After an error settings_get is what it was, and so is the valid page. */
enum result settings_save(const config *wanted);
