#ifndef SYSCFG_H
#define SYSCFG_H

#include "peripheral.h"

struct syscfg {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral SYSCFG;

/* Channel 1 to 3 that serves this request (SYSCFG_CFGR3), 0 for none. */
unsigned syscfg_dma_channel(const struct machine *machine, unsigned request);

#endif
