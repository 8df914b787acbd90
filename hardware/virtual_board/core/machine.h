/* The machine: its state, and beside it what a snapshot does not hold. */
#ifndef MACHINE_H
#define MACHINE_H

#include <setjmp.h>

#include "peripheral.h"
#include "state.h"

struct machine {
    struct state state;
    jmp_buf abort; /* where an instruction that cannot complete is left for */
    uint8_t operation[1 << 16]; /* what each halfword means, see decode.c */
    struct peripheral peripherals[PERIPHERALS_MAX];
    unsigned peripheral_count;
    struct outside outside;
    void *context; /* of the Python callbacks */
};

static inline void spend_cycles(struct state *state, uint32_t cycles)
{
    state->ticks += (uint64_t)cycles * state->ticks_per_cycle;
}

/* Have the run loop look at events, interrupts and stops after this instruction. */
static inline void attend_soon(struct state *state)
{
    state->deadline = 0;
}

/* decode.c */
void decode_fill(uint8_t operation[1 << 16]);

/* execute.c */
void execute(struct machine *machine); /* until the deadline */

/* run.c */
_Noreturn void raise_fault(struct machine *machine, enum fault cause, uint32_t address);
_Noreturn void stop_at_access(struct machine *machine, enum stop reason, uint32_t address, unsigned size, bool write);
void run_due_events(struct machine *machine);

/* special.c */
uint32_t special_read(const struct state *state, unsigned sysm);
void special_write(struct state *state, unsigned sysm, uint32_t value);
uint32_t xpsr_read(const struct state *state);
void flags_write(struct state *state, uint32_t apsr);

#endif
