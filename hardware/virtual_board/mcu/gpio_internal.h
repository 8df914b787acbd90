/* What the files of the ports share: registers in gpio.c, what a pin does and sees in gpio_pins.c. */
#ifndef GPIO_INTERNAL_H
#define GPIO_INTERNAL_H

#include "machine.h"

enum { PINS = 0xFFFF };

/* gpio_pins.c */
/* Tell the outside of those pins in the mask that do something else than it knows. */
void gpio_tell(struct machine *machine, enum port port, uint32_t mask);
/* What IDR shows: a bit for each pin that is high and not analog. */
uint32_t gpio_levels(const struct gpio_port *port);
void gpio_tell_exti(struct machine *machine, enum port port, uint32_t changed, uint32_t levels);

#endif
