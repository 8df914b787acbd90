/* How a peripheral in C meets the core.
 *
 * A peripheral is a C file with handlers, and a struct with its registers in struct state (no pointers in it, so that it is
 * part of every snapshot). mcu/syscfg.c is a short one, mcu/iwdg.c one that also has to do with time. Handlers run between
 * the bus cycles of the instruction that reads or writes; machine->state.ticks is then the time of the access.
 */
#ifndef PERIPHERAL_H
#define PERIPHERAL_H

#include <stdbool.h>
#include <stdint.h>

#include "api.h"

/* Times are in ticks of 1/1.536 GHz. */
enum { TICKS_PER_US = 1536, TICKS_PER_MS = 1536000, TICKS_PER_SECOND = 1536000000 };
#define NEVER UINT64_MAX

struct peripheral {
    uint32_t base, size;
    /* `size` of an access is 1, 2 or 4 bytes, `offset` from the base and aligned to it. May call peripheral_unmodelled. */
    read_function read;
    write_function write;
    /* Called once when the time given to peripheral_schedule is reached; may schedule again. May be NULL. */
    void (*event)(struct machine *machine, unsigned slot);
    /* Called at reset of the machine. May be NULL. */
    void (*reset)(struct machine *machine, unsigned slot);
    /* Called when the core falls asleep and when it wakes; deep: SCR.SLEEPDEEP. May be NULL. */
    void (*sleep)(struct machine *machine, unsigned slot, bool asleep, bool deep);
};

/* Slot of the peripheral, or -1 when none is left or its addresses overlap another's.
 * A region over flash sees writes only; reads there come from the array. */
int peripheral_add(struct machine *machine, const struct peripheral *peripheral);

/* Call `event` at this time, at the end of the instruction in progress when that is past; NEVER to call off. */
void peripheral_schedule(struct machine *machine, unsigned slot, uint64_t ticks);

/* Leave the instruction and stop the machine: this register is not modelled. Does not return. */
_Noreturn void peripheral_unmodelled(struct machine *machine, unsigned slot, uint32_t offset, unsigned size, bool write);

/* The same for a word that is written, unless what is written is modelled. */
void peripheral_demand(struct machine *machine, unsigned slot, uint32_t offset, bool modelled);

/* A time that STOP, or a clock that is off, puts off by so many ticks. */
static inline void postpone(uint64_t *time, uint64_t by)
{
    if (*time != NEVER)
        *time += by;
}

/* False if the clock of the peripheral in that slot is off (mcu.c). */
bool mcu_clocked(const struct machine *machine, unsigned slot);

/* Tell the outside that mode, clock or a peripheral that draws current changed (mcu.c). */
void mcu_power_changed(struct machine *machine);

/* Level of an interrupt line (0..31). It becomes pending on a rising level, and again when its handler ends and it is high. */
void irq_set(struct machine *machine, unsigned line, int level);

#endif
