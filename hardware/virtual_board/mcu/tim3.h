#ifndef TIM3_H
#define TIM3_H

#include "peripheral.h"

struct tim3 {
    uint32_t cr1, cr2, dier, sr;
    uint32_t psc, arr;               /* as written */
    uint32_t prescaler, auto_reload; /* in effect: PSC from the last update, ARR at once unless ARPE */
    uint32_t held;                   /* the count while it does not run; else the one that it started from */
    uint64_t zero_at;                /* when the count was, or would have been, 0; while it runs */
    bool stopped;                    /* in STOP */
};

extern const struct peripheral TIM3;

#endif
