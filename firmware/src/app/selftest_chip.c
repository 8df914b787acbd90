#include "app/selftest.h"
#include "hal/adc.h"
#include "hal/clock.h"
#include "hal/low_power.h"
#include "hal/uart.h"
#include "protocol/crc.h"

#define SLEEP_MS 1000u

extern const uint8_t __flash_start[], __flash_used[]; /* linker script: an address, and a length as one */

enum result selftest_supply(int32_t *values)
{
    uint16_t counts = 0;
    enum result result = adc_init();
    if (result == RESULT_OK) {
        result = adc_read(ADC_CHANNEL_VREFINT, &counts);
    }
    values[0] = (int32_t)adc_supply_mv(counts);
    values[1] = counts;
    return result;
}

enum result selftest_flash(int32_t *values)
{
    values[0] = (int32_t)__flash_used;
    values[1] = crc16(CRC16_START, __flash_start, (uint32_t)__flash_used);
    return RESULT_OK;
}

static bool always(void)
{
    return true;
}

enum result selftest_sleep(int32_t *values)
{
    uint32_t lsi_hz;
    enum result result = low_power_measure_lsi(&lsi_hz);
    values[1] = (int32_t)lsi_hz;
    (void)uart_flush(); /* what is left of it is lost in STOP */
    uint32_t start_ms = clock_ms();
    if (result == RESULT_OK) {
        result = low_power_stop(SLEEP_MS, always);
    }
    values[0] = (int32_t)(clock_ms() - start_ms);
    return result;
}
