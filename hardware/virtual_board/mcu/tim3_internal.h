/* What the files of TIM3 share: registers in tim3.c, counting in tim3_counter.c. */
#ifndef TIM3_INTERNAL_H
#define TIM3_INTERNAL_H

#include "machine.h"

#define CR1_CEN (1u << 0)
#define CR1_UDIS (1u << 1)
#define CR1_URS (1u << 2)
#define CR1_OPM (1u << 3)
#define CR1_ARPE (1u << 7)
#define CR2_MMS (3u << 4)
#define DIER_UIE (1u << 0)
#define DIER_UDE (1u << 8)
#define SR_UIF 1u

/* tim3_counter.c */
uint32_t tim3_count(const struct machine *machine);
void tim3_run_on(struct machine *machine, unsigned slot, uint32_t from); /* this is the count now; it goes on if it may */
void tim3_control(struct machine *machine, unsigned slot, uint32_t cr1);
void tim3_auto_reload(struct machine *machine, unsigned slot, uint32_t arr);
void tim3_generate_update(struct machine *machine, unsigned slot); /* UG */
void tim3_update_interrupt(struct machine *machine);
void tim3_event(struct machine *machine, unsigned slot);
void tim3_sleep(struct machine *machine, unsigned slot, bool asleep, bool deep);

#endif
