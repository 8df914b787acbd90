#include "app/reset_cause.h"

#include "hal/chip.h"

static const char *const NAMES[] = {
    [RESET_POWER] = "power",
    [RESET_PIN] = "pin",
    [RESET_SOFTWARE] = "software",
    [RESET_WATCHDOG] = "watchdog",
    [RESET_OPTION_BYTES] = "option-bytes",
    [RESET_FAULT] = "fault",
    [RESET_STACK] = "stack",
    [RESET_UNKNOWN] = "unknown",
};

static enum reset_cause cause;

void reset_cause_take(void)
{
    cause = chip_take_reset_cause();
}

const char *reset_cause_name(void)
{
    return NAMES[cause];
}
