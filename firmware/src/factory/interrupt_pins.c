/* The product's own test turns the polarity of both interrupt outputs at once: here each is raised alone. */
#include "drivers/sc7a20.h"
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
        *values++ = gpio_read(GPIO_OF(ACC_INT));
    }
    enum result off = sc7a20_power_down();
    return result == RESULT_OK ? off : result;
}
