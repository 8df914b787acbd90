/* Port pins, named by generated/pins.h. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "py32f003.h"

struct gpio {
    uint32_t port; /* GPIO_A, GPIO_B or GPIO_F */
    uint8_t bit;
};

#define GPIO_OF(net) ((struct gpio){.port = net##_PORT, .bit = net##_BIT})

/* Clocks all ports; pins are analog until configured, which draws least. */
void gpio_init(void);

void gpio_mode(struct gpio pin, uint32_t mode);
void gpio_function(struct gpio pin, uint32_t function); /* number of the alternate function */
void gpio_pull(struct gpio pin, uint32_t pull);
void gpio_open_drain(struct gpio pin, bool open);

static inline void gpio_high(struct gpio pin)
{
    GPIO_BSRR(pin.port) = BIT(pin.bit);
}

static inline void gpio_low(struct gpio pin)
{
    GPIO_BRR(pin.port) = BIT(pin.bit);
}

static inline bool gpio_read(struct gpio pin)
{
    return (GPIO_IDR(pin.port) >> pin.bit) & 1u;
}
