/* The pin that feeds the microphone's supply is no input of the converter, but its digital input tells when the capacitor behind
 * R4 has come half way, as soon as the pin floats: nothing flows through R4 then but the microphone's 0.2 mA. */
#include "factory/tests.h"
#include "generated/pins.h"
#include "hal/clock.h"
#include "hal/gpio.h"

#define EMPTIED_US 30000u /* 10 uF behind 220 ohm and the pin: ten time constants */
#define SLICE_US 25u
#define FLOAT_US 2u /* the pin's own 5 pF follow in 1 ns */
#define LONGEST_US 20000

static bool is_charged(void)
{
    gpio_mode(GPIO_OF(MIC_PWR), GPIO_MODE_INPUT);
    clock_delay_us(FLOAT_US);
    return gpio_read(GPIO_OF(MIC_PWR));
}

static void drive(uint32_t us)
{
    gpio_mode(GPIO_OF(MIC_PWR), GPIO_MODE_OUTPUT);
    clock_delay_us(us);
}

enum result factory_microphone_supply(int32_t *values)
{
    gpio_low(GPIO_OF(MIC_PWR));
    drive(EMPTIED_US);
    int32_t driven_us = 0;
    while (!is_charged() && driven_us < LONGEST_US) {
        gpio_high(GPIO_OF(MIC_PWR));
        drive(SLICE_US);
        driven_us += (int32_t)SLICE_US;
    }
    gpio_low(GPIO_OF(MIC_PWR));
    drive(0);
    values[0] = driven_us;
    return RESULT_OK;
}
