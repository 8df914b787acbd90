#include "drivers/led.h"

#include "generated/pins.h"
#include "hal/gpio.h"

void led_on(void)
{
    gpio_high(GPIO_OF(LED));
}

void led_off(void)
{
    gpio_low(GPIO_OF(LED));
}
