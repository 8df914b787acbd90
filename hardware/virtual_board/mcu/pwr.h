#ifndef PWR_H
#define PWR_H

#include "peripheral.h"

/* Clocked peripherals whose next event STOP puts off; the list is in pwr.c. */
enum { PWR_HELD_SLOTS = 6 };

struct pwr {
    uint32_t cr1, cr2;
    uint32_t mode; /* enum mode */
    bool stopped;
    uint64_t stopped_at;
    uint64_t stopped_ticks;             /* in all STOPs since power-on, waking included */
    uint64_t held_ticks[PWR_HELD_SLOTS]; /* from the STOP's start to the event that was put off, or NEVER */
};

extern const struct peripheral PWR;

/* STOP is under way: all clocks but LSI are off. */
bool pwr_stopped(const struct machine *machine);

/* How long STOP was in all. Time less this is the time that a clocked peripheral has lived through. */
uint64_t pwr_stopped_ticks(const struct machine *machine);

#endif
