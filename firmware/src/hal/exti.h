/* Interrupt lines of port pins: an edge is remembered until it is taken, also across STOP. */
#pragma once

#include <stdbool.h>

#include "hal/gpio.h"

/* Rising edges of the pin count from now on. The line has the number of the pin's bit. */
void exti_enable_rising(struct gpio pin);

/* Falling edges likewise, for a pin that has another function too. */
void exti_enable_falling(struct gpio pin);

/* Edges no longer count; one that came before can still be taken. */
void exti_disable(struct gpio pin);

/* Whether the pin had an edge that nobody took. */
bool exti_pending(struct gpio pin);

/* Whether the pin had an edge since the last call. */
bool exti_take(struct gpio pin);

void exti_handler(void);
