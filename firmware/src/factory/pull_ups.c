/* The current through a pull-up is measured at the supply, which every board has a resistance in: that of its cell, or the
 * fixture's. The processor does the same all the while, so the difference is the resistor's alone. */
#include "factory/tests.h"
#include "generated/pins.h"
#include "hal/adc.h"
#include "hal/clock.h"
#include "hal/gpio.h"
#include "hal/i2c.h"

#define SETTLED_US 5000u /* 30 uF behind 25 ohm: six time constants */
#define READINGS 64u     /* 12 bits each: their sum times 1000 fits into 32 bits */

static enum result mean_reading(int32_t *thousandths)
{
    uint32_t sum = 0;
    enum result result = RESULT_OK;
    clock_delay_us(SETTLED_US);
    for (uint32_t i = 0; i < READINGS && result == RESULT_OK; i++) {
        uint16_t counts = 0;
        result = adc_read(ADC_CHANNEL_VREFINT, &counts);
        sum += counts;
    }
    *thousandths = (int32_t)(sum * 1000u / READINGS);
    return result;
}

static void take(struct gpio line)
{
    gpio_high(line); /* released, once it is an output */
    gpio_open_drain(line, true);
    gpio_mode(line, GPIO_MODE_OUTPUT);
}

enum result factory_pull_ups(int32_t *values)
{
    const struct gpio scl = GPIO_OF(I2C_SCL), sda = GPIO_OF(I2C_SDA);
    take(scl);
    take(sda);
    enum result result = adc_init();
    if (result == RESULT_OK) {
        result = mean_reading(&values[0]);
    }
    if (result == RESULT_OK) {
        gpio_low(scl);
        result = mean_reading(&values[1]);
        gpio_high(scl);
    }
    if (result == RESULT_OK) {
        gpio_low(sda); /* a start to whoever listens, and then a stop */
        result = mean_reading(&values[2]);
        gpio_high(sda);
    }
    enum result freed = i2c_init();
    return result == RESULT_OK ? freed : result;
}
