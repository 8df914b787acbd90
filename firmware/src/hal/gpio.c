#include "hal/gpio.h"

static void set_field(volatile uint32_t *reg, uint32_t position, uint32_t mask, uint32_t value)
{
    *reg = (*reg & ~(mask << position)) | value << position;
}

void gpio_init(void)
{
    RCC_IOPENR |= RCC_IOPENR_A | RCC_IOPENR_B | RCC_IOPENR_F;
}

void gpio_mode(struct gpio pin, uint32_t mode)
{
    set_field(&GPIO_MODER(pin.port), 2u * pin.bit, 3u, mode);
}

void gpio_function(struct gpio pin, uint32_t function)
{
    volatile uint32_t *reg = pin.bit < 8 ? &GPIO_AFRL(pin.port) : &GPIO_AFRH(pin.port);
    set_field(reg, 4u * (pin.bit % 8u), 15u, function); /* before the mode, so that the pin never shows another function */
    gpio_mode(pin, GPIO_MODE_FUNCTION);
}

void gpio_pull(struct gpio pin, uint32_t pull)
{
    set_field(&GPIO_PUPDR(pin.port), 2u * pin.bit, 3u, pull);
}

void gpio_open_drain(struct gpio pin, bool open)
{
    set_field(&GPIO_OTYPER(pin.port), pin.bit, 1u, open);
}
