#ifndef IWDG_H
#define IWDG_H

#include "peripheral.h"

struct iwdg {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral IWDG;

#endif
