#include "factory/supply.h"

#include "hal/adc.h"
#include "hal/clock.h"
#include "py32f003.h"

#define SETTLED_US 5000u /* 30 uF behind 25 ohm: six time constants */
#define READINGS 64u     /* 12 bits each: their sum times 1000 fits into 32 bits */

enum result supply_reading(int32_t *thousandths)
{
    uint32_t sum = 0;
    clock_delay_us(SETTLED_US);
    enum result result = adc_init();
    for (uint32_t i = 0; i < READINGS && result == RESULT_OK; i++) {
        uint16_t counts = 0;
        result = adc_read(ADC_CHANNEL_VREFINT, &counts);
        sum += counts;
    }
    *thousandths = (int32_t)(sum * 1000u / READINGS);
    return result;
}
