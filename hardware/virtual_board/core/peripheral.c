/* The table of peripherals, and the times at which they want to be called. */

#include "machine.h"

int peripheral_add(struct machine *m, const struct peripheral *added)
{
    for (unsigned slot = 0; slot < m->peripheral_count; slot++) {
        const struct peripheral *other = &m->peripherals[slot];
        if (added->base < other->base + other->size && other->base < added->base + added->size)
            return -1;
    }
    if (m->peripheral_count == PERIPHERALS_MAX)
        return -1;
    m->peripherals[m->peripheral_count] = *added;
    m->state.event_at[m->peripheral_count] = NEVER;
    return (int)m->peripheral_count++;
}

void peripheral_schedule(struct machine *m, unsigned slot, uint64_t ticks)
{
    m->state.event_at[slot] = ticks;
    if (ticks < m->state.deadline)
        m->state.deadline = ticks;
}

_Noreturn void peripheral_unmodelled(struct machine *m, unsigned slot, uint32_t offset, unsigned size, bool write)
{
    stop_at_access(m, STOP_UNMODELLED, m->peripherals[slot].base + offset, size, write);
}

void peripheral_demand(struct machine *m, unsigned slot, uint32_t offset, bool modelled)
{
    if (!modelled)
        peripheral_unmodelled(m, slot, offset, 4, true);
}

int machine_add_region(struct machine *m, uint32_t base, uint32_t size, read_function read, write_function write)
{
    const struct peripheral region = {.base = base, .size = size, .read = read, .write = write};
    return peripheral_add(m, &region);
}
