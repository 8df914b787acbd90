/* A peripheral to learn from and to test the interface with; no chip has it. */
#ifndef EXAMPLE_TIMER_H
#define EXAMPLE_TIMER_H

#include <stdint.h>

struct example_timer {
    uint32_t period_ticks; /* PERIOD, offset 0: interrupt every so many ticks; 0 is off */
    uint32_t status;       /* STATUS, offset 4: bit 0 is set each period; write one to clear */
    uint32_t irq;
};

#endif
