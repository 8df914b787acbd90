/* Loops that do nothing but let time pass, turned many times at once: `b .`, and a delay's `1: subs rN, #1; bne 1b`.
 *
 * Nobody can tell: turns are left out only as far as each of their instructions would begin before the deadline, so that an
 * event, an interrupt or the end of the run finds the same registers, flags, time and count of instructions.
 */
#ifndef IDLE_LOOPS_H
#define IDLE_LOOPS_H

#include "bus.h"

/* How often a loop can be turned with an instruction still to come before the deadline. */
static inline uint64_t turns_before_deadline(const struct state *s, uint32_t cycles)
{
    return s->ticks < s->deadline ? (s->deadline - 1 - s->ticks) / ((uint64_t)cycles * s->ticks_per_cycle) : 0;
}

static inline void turn(struct state *s, uint64_t turns, uint32_t cycles, uint32_t instructions)
{
    s->ticks += turns * cycles * s->ticks_per_cycle;
    s->instructions += turns * instructions;
}

/* After `b .` */
static inline void stay_here(struct state *s, uint32_t cycles)
{
    turn(s, turns_before_deadline(s, cycles), cycles, 1);
}

/* After `bne` to the instruction before it; `cycles`: of both. */
static inline void count_down(struct state *s, uint32_t cycles)
{
    const uint8_t *place = memory_at(s, s->next_pc);
    uint64_t turns = turns_before_deadline(s, cycles);
    uint32_t *counter, left;
    if (!place || place[0] != 1 || (place[1] & 0xF8) != 0x38) /* subs rN, #1 */
        return;
    counter = &s->r[place[1] & 7];
    left = *counter - 1; /* turns until bne goes on: from 0 it is all the way round */
    if (turns > left)
        turns = left;
    *counter -= (uint32_t)turns; /* the subs that follows sets the flags */
    turn(s, turns, cycles, 2);
}

#endif
