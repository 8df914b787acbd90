/* Watchdog. Once started it cannot be stopped, and it runs on in STOP: wake often enough to feed it. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

/* `timeout_ms` up to 15,000; the oscillator's tolerance of 20 % over temperature comes on top. */
enum result iwdg_start(uint32_t timeout_ms);

void iwdg_feed(void);
