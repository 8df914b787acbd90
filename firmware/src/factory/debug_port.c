/* The fixture joins the pads of the debug port by a resistor, so what one pin does the other has to see. The port works again
 * after the next reset. */
#include "factory/tests.h"
#include "hal/clock.h"
#include "hal/gpio.h"

#define SETTLED_US 10u /* 1 kohm and some 100 pF of the fixture: a hundred time constants */

static const struct gpio SWDIO = {GPIO_A, 13}, SWCLK = {GPIO_A, 14}; /* by the chip itself, whatever the circuit */

enum result factory_debug_port(int32_t *values)
{
    gpio_mode(SWCLK, GPIO_MODE_INPUT);
    gpio_low(SWDIO);
    gpio_mode(SWDIO, GPIO_MODE_OUTPUT);
    clock_delay_us(SETTLED_US);
    values[0] = gpio_read(SWCLK);
    gpio_high(SWDIO);
    clock_delay_us(SETTLED_US);
    values[1] = gpio_read(SWCLK);
    gpio_mode(SWDIO, GPIO_MODE_INPUT);
    return RESULT_OK;
}
