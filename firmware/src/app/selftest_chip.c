#include "app/console.h"
#include "app/selftest.h"
#include "hal/adc.h"
#include "hal/clock.h"
#include "hal/low_power.h"
#include "hal/uart.h"
#include "protocol/crc.h"

#define SLEEP_MS 1000u

extern const uint8_t __flash_start[], __flash_used[]; /* linker script: an address, and a length as one */

enum result selftest_supply(void)
{
    uint16_t counts;
    enum result result = adc_init();
    if (result == RESULT_OK) {
        result = adc_read(ADC_CHANNEL_VREFINT, &counts);
    }
    if (result == RESULT_OK) {
        console_reply *reply = console_begin("ok");
        reply_key_signed(reply, "supply_mv", (int32_t)adc_supply_mv(counts));
        reply_key_signed(reply, "vrefint_lsb", counts);
        console_end();
    }
    return result;
}

enum result selftest_flash(void)
{
    uint32_t bytes = (uint32_t)__flash_used;
    uint16_t crc = crc16(CRC16_START, __flash_start, bytes);
    console_reply *reply = console_begin("ok");
    reply_key_signed(reply, "bytes", (int32_t)bytes);
    reply_key_hex(reply, "crc16", crc, 4);
    console_end();
    return RESULT_OK;
}

static bool always(void)
{
    return true;
}

enum result selftest_sleep(void)
{
    uint32_t lsi_hz;
    enum result result = low_power_measure_lsi(&lsi_hz);
    (void)uart_flush(); /* whatever is left of it is lost in STOP */
    uint32_t start_ms = clock_ms();
    if (result == RESULT_OK) {
        result = low_power_stop(SLEEP_MS, always);
    }
    uint32_t slept_ms = clock_ms() - start_ms;
    if (result == RESULT_OK) {
        console_reply *reply = console_begin("ok");
        reply_key_signed(reply, "slept_ms", (int32_t)slept_ms);
        reply_key_signed(reply, "lsi_hz", (int32_t)lsi_hz);
        console_end();
    }
    return result;
}
