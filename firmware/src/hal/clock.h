/* System clock of 24 MHz from the trimmed internal oscillator, and time in milliseconds. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

/* RESULT_TIMEOUT if an oscillator does not start: the clock is then as it was. */
enum result clock_init(void);

/* A quarter of the speed, while the processor only waits for I2C: 0.6 mA instead of 1.5 (?): the
 * datasheet's figures are those of an oscillator that runs at that speed itself; its own part is not known. Serial port,
 * converter and clock_delay_us are as much slower meanwhile. clock_ms goes on; back and forth costs it up to 1 ms. */
void clock_slow(void);
void clock_fast(void);

/* Milliseconds since reset; wraps after 49 days, so compare differences only. */
uint32_t clock_ms(void);

/* Cycles of the processor, CLOCK_CYCLES_PER_US of them, to measure times below 2 minutes in which the chip does not stop. */
uint32_t clock_cycles(void);
#define CLOCK_CYCLES_PER_US (F_CPU / 1000000u)

/* Adds time during which the tick stood still. */
void clock_advance(uint32_t ms);

/* Waits at least so long; for the short waits that parts ask for. */
void clock_delay_us(uint32_t us);

void clock_tick_handler(void);
