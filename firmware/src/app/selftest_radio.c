#include "app/beacon.h"
#include "app/scheduler.h"
#include "app/selftest.h"
#include "drivers/ci24r1.h"
#include "protocol/ble_advertisement.h"

enum result selftest_radio(int32_t *values)
{
    static const struct ci24r1_config CONFIG = {.address = BLE_RADIO_ADDRESS, .power = CI24R1_MINUS_9_DBM};
    uint32_t start_us = 0;
    ci24r1_power_down();
    enum result result = ci24r1_crystal_start_us(&CONFIG, &start_us);
    if (scheduler_waits_for(EVENT_PACKET)) { /* of a beacon that was under way: its radio is off now, so it begins again */
        scheduler_cancel(EVENT_PACKET);
        beacon_settings_changed();
    }
    values[0] = (int32_t)ci24r1_answer();
    values[1] = (int32_t)start_us;
    return result;
}
