/* The chip itself: unique ID, why it was reset, how to reset it, what it does on a fault. */
#pragma once

#include <stdint.h>

#define CHIP_UID_BYTES 128 /* lot, wafer, place and serial are scattered over all of it: hash it whole */

enum reset_cause {
    RESET_POWER,
    RESET_PIN,
    RESET_SOFTWARE,
    RESET_WATCHDOG,
    RESET_WINDOW_WATCHDOG,
    RESET_OPTION_BYTES,
    RESET_FAULT, /* the processor met a fault; chip_fault_address tells where */
    RESET_UNKNOWN,
};

const uint8_t *chip_uid(void);

/* Call once: it clears the flags, so that the next reset shows its own cause only. */
enum reset_cause chip_take_reset_cause(void);

/* The program counter of the fault before this reset; 0 if there was none. */
uint32_t chip_fault_address(void);

_Noreturn void chip_reset(void);

void chip_fault_handler(void);
