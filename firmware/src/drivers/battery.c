#include "drivers/battery.h"

#include <stddef.h>

#include "drivers/microphone.h"
#include "hal/adc.h"

/* Voltage at rest over charge of a CR2032: Nordic's points (nRF5 SDK, app_util.h, battery_level_in_percent), but for the
 * end, which is this board's: at 2.2 V a packet's current takes an aged cell below the 2.1 V of radio and amplifier. */
static const struct {
    uint16_t millivolts;
    uint8_t percent;
} CURVE[] = {{3000, 100}, {2900, 42}, {2740, 18}, {2440, 6}, {2200, 0}};

enum { POINTS = sizeof CURVE / sizeof CURVE[0] };

enum result battery_measure_mv(uint32_t *millivolts)
{
    if (microphone_is_on()) {
        return RESULT_BAD_ARGUMENT; /* the converter may be recording */
    }
    enum result result = adc_init();
    return result == RESULT_OK ? adc_read_supply_mv(millivolts) : result;
}

uint8_t battery_percent(uint32_t millivolts)
{
    if (millivolts >= CURVE[0].millivolts) {
        return CURVE[0].percent;
    }
    for (size_t i = 1; i < POINTS; i++) {
        if (millivolts > CURVE[i].millivolts) {
            uint32_t height = CURVE[i - 1].percent - CURVE[i].percent;
            uint32_t width = CURVE[i - 1].millivolts - CURVE[i].millivolts;
            return (uint8_t)(CURVE[i].percent + (millivolts - CURVE[i].millivolts) * height / width);
        }
    }
    return 0;
}

bool battery_is_low(bool was_low, uint32_t millivolts, uint32_t low_mv, uint32_t hysteresis_mv)
{
    return millivolts < low_mv + (was_low ? hysteresis_mv : 0);
}
