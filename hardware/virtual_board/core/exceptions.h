#ifndef EXCEPTIONS_H
#define EXCEPTIONS_H

#include "machine.h"

/* Priorities: lower is more urgent; no exception active is 256. */
enum { PRIORITY_NONE = 256, PRIORITY_HARDFAULT = -1, PRIORITY_NMI = -2 };

/* Cortex-M0+ TRM, 5.3: 15 cycles from the interrupt to its first instruction with zero wait states. Exit and tail-chaining
 * have no public figure; these are assumed, as the Cortex-M0's. */
enum { ENTRY_CYCLES = 15, EXIT_CYCLES = 10, TAIL_CHAIN_CYCLES = 6 };

int exception_priority(const struct state *state, unsigned exception);
/* Of what is being handled, PRIMASK left aside. */
int handled_priority(const struct state *state);
/* The pending and enabled exception that is served first, 0 for none. */
unsigned first_pending(const struct state *state);
/* The exception that interrupts what runs now, 0 for none. */
unsigned preempting(const struct state *state);
void exception_pend(struct state *state, unsigned exception);
void exception_enter(struct machine *machine);
/* Return from handler mode; the instruction goes on at next_pc. */
void exception_return(struct machine *machine, uint32_t exc_return);

#endif
