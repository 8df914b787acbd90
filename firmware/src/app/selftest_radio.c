#include "app/console.h"
#include "app/selftest.h"
#include "drivers/ci24r1.h"
#include "protocol/ble_advertisement.h"

enum result selftest_radio(void)
{
    static const struct ci24r1_config CONFIG = {.address = BLE_RADIO_ADDRESS, .power = CI24R1_MINUS_9_DBM};
    uint32_t start_us = 0;
    ci24r1_power_down();
    enum result result = ci24r1_crystal_start_us(&CONFIG, &start_us);
    if (result == RESULT_OK) {
        console_reply *reply = console_begin("ok");
        reply_key_hex(reply, "answer", ci24r1_answer(), 8);
        reply_key_signed(reply, "crystal_start_us", (int32_t)start_us);
        console_end();
    }
    return result;
}
