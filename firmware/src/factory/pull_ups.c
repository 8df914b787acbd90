/* A line that is low takes a current through its pull-up, and nothing else changes meanwhile. */
#include "factory/supply.h"
#include "factory/tests.h"
#include "generated/pins.h"
#include "hal/gpio.h"
#include "hal/i2c.h"

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
    enum result result = supply_reading(&values[0]);
    if (result == RESULT_OK) {
        gpio_low(scl);
        result = supply_reading(&values[1]);
        gpio_high(scl);
    }
    if (result == RESULT_OK) {
        gpio_low(sda); /* a start to whoever listens, and then a stop */
        result = supply_reading(&values[2]);
        gpio_high(sda);
    }
    enum result freed = i2c_init();
    return result == RESULT_OK ? freed : result;
}
