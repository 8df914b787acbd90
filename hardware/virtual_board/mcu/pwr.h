#ifndef PWR_H
#define PWR_H

#include "peripheral.h"

struct pwr {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral PWR;

/* STOP is under way: all clocks but LSI are off. */
bool pwr_stopped(const struct machine *machine);

#endif
