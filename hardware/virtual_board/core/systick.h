#ifndef SYSTICK_H
#define SYSTICK_H

#include "machine.h"

uint32_t systick_read(struct state *state, uint32_t offset);
void systick_write(struct state *state, uint32_t offset, uint32_t value);
void systick_event(struct state *state); /* zero_at is reached */
/* Around a change of the clock's rate, or of its being there at all (STOP). */
void systick_halt(struct state *state);
void systick_go_on(struct state *state);

#endif
