/* Blinks of the LED, which the scheduler ends. */
#pragma once

#include <stdint.h>

void blink(uint32_t ms);
