/* The factory test image: what the production station asks before it flashes the product's firmware, whose flash has no room
 * for it. It starts the same buses, and does nothing but answer. */
#include "app/buses.h"
#include "app/commands.h"
#include "app/console.h"
#include "generated/pins.h"
#include "hal/chip.h"
#include "hal/clock.h"
#include "hal/gpio.h"
#include "hal/irq.h"

int main(void)
{
    (void)clock_init(); /* a clock that is wrong cannot talk */
    buses_start();
    gpio_mode(GPIO_OF(ACC_INT), GPIO_MODE_INPUT);
    commands_boot();
    for (;;) {
        chip_check_stack();
        if (!console_poll()) {
            irq_wait();
        }
    }
}
