#ifndef IWDG_H
#define IWDG_H

#include "peripheral.h"

/* PR or RLR: a write takes effect some time later. */
struct iwdg_update {
    uint32_t value, next;
    uint64_t done_at; /* NEVER if none is under way, or as long as the clock is off */
    bool busy;
};

struct iwdg {
    struct iwdg_update prescaler, reload;
    bool running, unlocked;
    uint32_t count;    /* at `counted_at` */
    uint64_t counted_at;
};

extern const struct peripheral IWDG;

#endif
