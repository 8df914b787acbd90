/* Currents are measured at the supply, which has a resistance before every board: that of its cell, or the fixture's. The
 * processor does the same in each reading, so what differs between two of them is the current of what was switched. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

/* The 1.2 V reference in thousandths of the converter's steps, after the supply has settled; 4095 steps are the supply. */
enum result supply_reading(int32_t *thousandths);
