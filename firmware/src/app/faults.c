#include "app/faults.h"

#include "app/console.h"
#include "py32f003.h"

static const char *const NAMES[FAULTS] = {
    [FAULT_CLOCK] = "clock",
    [FAULT_WATCHDOG] = "watchdog",
    [FAULT_ACCELEROMETER] = "accelerometer",
    [FAULT_INTERRUPT_LINE] = "interrupt_line",
    [FAULT_RADIO] = "radio",
    [FAULT_CONVERTER] = "converter",
    [FAULT_LOW_POWER] = "low_power",
    [FAULT_SUPPLY] = "supply",
    [FAULT_SETTINGS] = "settings",
};

static uint32_t present, count;

void faults_set(enum fault fault, enum result result)
{
    uint32_t before = present;
    present = result == RESULT_OK ? present & ~BIT(fault) : present | BIT(fault);
    if (present == before) {
        return;
    }
    if (result != RESULT_OK) {
        count++;
    }
    console_reply *line = console_begin("fault");
    reply_key(line, NAMES[fault]);
    reply_text(line, result_name(result));
    console_end();
}

uint32_t faults_present(void)
{
    return present;
}

uint32_t faults_count(void)
{
    return count;
}
