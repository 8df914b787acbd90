#ifndef DMA_H
#define DMA_H

#include "peripheral.h"

enum { DMA_CHANNELS = 3 };

struct dma {
    uint32_t isr; /* four bits a channel; the first, "any of the others", is made when read */
    struct dma_channel {
        uint32_t ccr, cndtr, cpar, cmar;       /* registers; cndtr counts down */
        uint32_t reload, peripheral, memory;   /* as latched when enabled, and where it is */
    } channel[DMA_CHANNELS];
};

extern const struct peripheral DMA;

enum dma_request { DMA_REQUEST_ADC = 0, DMA_REQUEST_TIM3_UP = 0x16 };
/* A peripheral has a value, or room for one. False if no enabled channel serves it. */
bool dma_request(struct machine *machine, enum dma_request request);

#endif
