/* The coin cell's voltage, from the converter's internal reference, and what is left in it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"

/* Takes 0.3 ms. Not while the microphone records (RESULT_BAD_ARGUMENT), nor while the radio sends: its current shows. */
enum result battery_measure_mv(uint32_t *millivolts);

uint8_t battery_percent(uint32_t millivolts);

/* Whether the supply is too low to go on, given what was said before: it is so below `low_mv`, and stays so until
 * `hysteresis_mv` above, so that a cell that recovers without load does not switch to and fro. */
bool battery_is_low(bool was_low, uint32_t millivolts, uint32_t low_mv, uint32_t hysteresis_mv);
