/* STOP: the core sleeps with all clocks off but LSI, which times the wake-up and so keeps the time base. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"

#define LOW_POWER_MS_MAX 60000u

/* Prepares timer and regulator. */
void low_power_init(void);

/* Stops for at most `ms`, or until an enabled interrupt; clock_ms goes on as if nothing had been.
 * `idle` is asked with interrupts off: if it says false, work came in just before, and there is no stop.
 * Debug port and serial port do not work meanwhile. */
enum result low_power_stop(uint32_t ms, bool (*idle)(void));

/* The frequency of LSI by the processor's clock; takes 50 ms, good to 0.1 %. */
enum result low_power_measure_lsi(uint32_t *hertz);

void low_power_timer_handler(void);
