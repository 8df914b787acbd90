#ifndef TIM3_H
#define TIM3_H

#include "peripheral.h"

struct tim3 {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral TIM3;

#endif
