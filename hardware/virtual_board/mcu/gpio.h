#ifndef GPIO_H
#define GPIO_H

#include "peripheral.h"

struct gpio {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral GPIO;

enum port { PORT_A, PORT_B, PORT_F, PORTS };

/* Level that a pin sees now, for what is behind the alternate functions and for EXTI. */
bool gpio_level(const struct machine *machine, enum port port, unsigned bit);

#endif
