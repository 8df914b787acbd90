/* Interrupt lines of port pins: an edge is remembered until it is taken, also across STOP. */
#pragma once

#include <stdbool.h>

#include "hal/gpio.h"

/* Rising edges of the pin count from now on. The line has the number of the pin's bit. */
void exti_enable_rising(struct gpio pin);

/* Whether the pin had a rising edge since the last call. */
bool exti_take(struct gpio pin);

void exti_handler(void);
