#ifndef EXTI_H
#define EXTI_H

#include "peripheral.h"

struct exti {
    uint32_t rtsr, ftsr, swier, pr, imr, emr;
    uint32_t exticr[3];
    uint32_t levels; /* of the lines */
};

extern const struct peripheral EXTI;

/* A line's level: 0 to 15 from the port pins, the others from inside the chip. Called by gpio.c and lptim.c. */
void exti_set_line(struct machine *machine, unsigned line, bool level);
/* A port pin changed; the line listens to it if EXTICR selects the port. */
void exti_pin_changed(struct machine *machine, unsigned port, unsigned bit, bool level);
/* IMR lets the line through, so that it ends STOP. */
bool exti_unmasked(const struct machine *machine, unsigned line);

#endif
