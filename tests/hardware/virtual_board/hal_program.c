/* The firmware's own start-up and HAL, and a main that uses clock, STOP, watchdog and reset, for test_mcu_hal.py. */
#include <stdbool.h>

#include "hal/adc_stream.h"
#include "hal/chip.h"
#include "hal/clock.h"
#include "hal/exti.h"
#include "hal/iwdg.h"
#include "hal/low_power.h"
#include "hal/uart.h"

/* What main found; the test reads it by its symbol. It is in no section that start-up clears. */
struct report {
    uint32_t clock, stop, watchdog; /* enum result */
    uint32_t cause, stop_ms;
} report __attribute__((section(".noinit")));

void adc_stream_handler(void) {}
void exti_handler(void) {}
void uart_handler(void) {}

/* A tick comes while interrupts are off, and must not end the stop. */
static bool idle(void)
{
    clock_delay_us(1000);
    return true;
}

#define BREAK() __asm volatile("bkpt")

int main(void)
{
    report.cause = chip_take_reset_cause();
    report.clock = clock_init();
    BREAK(); /* 24 MHz, LSI runs */
    clock_delay_us(1000);
    BREAK(); /* about a millisecond later */
    report.watchdog = iwdg_start(1000);
    low_power_init();
    uint32_t begun = clock_ms();
    report.stop = low_power_stop(500, idle);
    report.stop_ms = clock_ms() - begun;
    BREAK();
    if (report.cause == RESET_POWER) {
        chip_reset();
    }
    for (;;) { /* until the watchdog bites */
    }
}
