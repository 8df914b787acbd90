/* The product's own test turns the polarity of both interrupt outputs at once: here each is raised alone. A pin that
 * solder holds high or low takes a current when it is driven the other way. */
#include "drivers/sc7a20.h"
#include "factory/supply.h"
#include "factory/tests.h"
#include "generated/pins.h"
#include "hal/clock.h"
#include "hal/gpio.h"

#define RAISED_US 25000u /* two samples at 100 Hz, at the slowest that the part may run */

enum result factory_interrupt_pins(int32_t *values)
{
    enum result result = RESULT_OK;
    for (enum sc7a20_pin pin = SC7A20_INT1; pin <= SC7A20_INT2 && result == RESULT_OK; pin++) {
        result = sc7a20_raise(pin);
        clock_delay_us(RAISED_US);
        values[pin] = gpio_read(GPIO_OF(ACC_INT));
        if (result == RESULT_OK) {
            result = supply_reading(&values[2 + pin]);
        }
    }
    enum result off = sc7a20_power_down();
    return result == RESULT_OK ? off : result;
}
