#ifndef PWR_H
#define PWR_H

#include "peripheral.h"

struct pwr {
    uint32_t cr1, cr2;
    uint32_t mode; /* enum mode */
    bool stopped;
};

extern const struct peripheral PWR;

/* STOP is under way: all clocks but LSI are off. */
bool pwr_stopped(const struct machine *machine);

#endif
