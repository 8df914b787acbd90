#ifndef GPIO_H
#define GPIO_H

#include "peripheral.h"

enum port { PORT_A, PORT_B, PORT_F, PORTS };
enum { PORT_PINS = 16 };

struct gpio_port {
    uint32_t moder, otyper, ospeedr, pupdr, odr, afr[2];
    uint32_t locked;    /* LCK bits in force; 0 until a lock sequence is complete */
    uint32_t lock_key;  /* LCKR as the sequence under way has it */
    uint32_t lock_step; /* how many words of the sequence were right */
    uint32_t net;       /* levels of the nets, as the outside has them */
    uint16_t told[PORT_PINS]; /* what the outside knows of each pin */
};

struct gpio {
    struct gpio_port ports[PORTS];
};

extern const struct peripheral GPIO;

/* Level that a pin sees now, for what is behind the alternate functions and for EXTI. */
bool gpio_level(const struct machine *machine, enum port port, unsigned bit);
/* A peripheral wants another level from its alternate function. */
void gpio_functions_changed(struct machine *machine);

#endif
