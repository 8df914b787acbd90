/* What does not work at present. A change is a line on the console: "fault radio=no-answer", and "=ok" when it is gone. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

enum fault { /* bits of faults_present, and of the console's info: append only */
    FAULT_CLOCK,
    FAULT_WATCHDOG,
    FAULT_ACCELEROMETER,
    FAULT_INTERRUPT_LINE, /* the accelerometer's: motion is polled */
    FAULT_RADIO,
    FAULT_CONVERTER, /* the supply could not be measured */
    FAULT_LOW_POWER, /* STOP does not end as it should: the chip sleeps instead */
    FAULT_SUPPLY, /* below low_supply_mv: nothing is sent or measured */
    FAULT_SETTINGS, /* pages were written and none is valid: the defaults are in use until the next save */
    FAULTS,
};

/* How the thing went; RESULT_OK takes the fault back. */
void faults_set(enum fault fault, enum result result);

uint32_t faults_present(void); /* BIT(FAULT_...) */
uint32_t faults_count(void);   /* that appeared since reset */
