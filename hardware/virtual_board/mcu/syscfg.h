#ifndef SYSCFG_H
#define SYSCFG_H

#include "peripheral.h"

struct syscfg {
    uint32_t cfgr1, cfgr3;
    uint32_t boot; /* enum alias: what is seen at address 0 after a reset */
};

extern const struct peripheral SYSCFG;

/* Where the chip boots from at the next reset. */
void syscfg_boot(struct machine *machine, enum alias memory);

/* The request that channel 1 to 3 serves (SYSCFG_CFGR3); after reset all serve request 0. */
unsigned syscfg_dma_request(const struct machine *machine, unsigned channel);

#endif
