/* The chip itself: unique ID, why it was reset, how to reset it, what it does on a fault. */
#pragma once

#include <stdint.h>

#define CHIP_STACK_PAINT 0xA5A5A5A5u /* what the stack has never reached keeps this value */
#define CHIP_UID_BYTES 128 /* lot, wafer, place and serial are scattered over all of it: hash it whole */

enum reset_cause {
    RESET_POWER, /* the first five in the order in which their flags are looked at */
    RESET_WATCHDOG,
    RESET_SOFTWARE,
    RESET_OPTION_BYTES,
    RESET_PIN,
    RESET_FAULT, /* the processor met a fault; chip_fault_address tells where */
    RESET_STACK, /* the stack grew into the static data */
    RESET_UNKNOWN,
};

const uint8_t *chip_uid(void);

/* Call once: it clears the flags, so that the next reset shows its own cause only. */
enum reset_cause chip_take_reset_cause(void);

/* The program counter of the fault before this reset; 0 if there was none. */
uint32_t chip_fault_address(void);

_Noreturn void chip_reset(void);

/* Resets, and then the ROM's serial bootloader runs instead of the firmware, until the next reset. */
_Noreturn void chip_enter_bootloader(void);

/* For startup.c, before anything else: goes to the bootloader if that was asked for. */
void chip_follow_bootloader_request(void);

/* Bytes of stack that were never used since reset. */
uint32_t chip_stack_unused(void);

/* Resets if the stack reached its end: what lies below it can no longer be trusted. */
void chip_check_stack(void);

void chip_fault_handler(void);
