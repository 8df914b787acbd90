#ifndef DMA_H
#define DMA_H

#include "peripheral.h"

struct dma {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral DMA;

enum dma_request { DMA_REQUEST_ADC = 0 };
/* A peripheral has a value, or room for one. False if no enabled channel serves it. */
bool dma_request(struct machine *machine, enum dma_request request);

#endif
