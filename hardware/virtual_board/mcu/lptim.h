#ifndef LPTIM_H
#define LPTIM_H

#include "peripheral.h"

struct lptim {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral LPTIM;

#endif
