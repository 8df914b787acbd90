/* Why the chip was last reset, in a word for the banner and the console. */
#pragma once

/* Call once, first of all: it clears the chip's flags. */
void reset_cause_take(void);

const char *reset_cause_name(void);
