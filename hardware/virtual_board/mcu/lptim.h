#ifndef LPTIM_H
#define LPTIM_H

#include "peripheral.h"

struct lptim {
    uint32_t isr, ier, cfgr, cr;
    uint32_t arr, next_arr;  /* in force; as written */
    uint64_t enabled_at;     /* when ENABLE has taken effect; NEVER while disabled */
    uint64_t started_at;     /* when the count was 0; NEVER while it does not run */
    uint64_t period_ticks;   /* of a count, while it runs */
    uint64_t frozen_at;      /* STOP began, and the clock is not LSI; else NEVER */
};

extern const struct peripheral LPTIM;

#endif
