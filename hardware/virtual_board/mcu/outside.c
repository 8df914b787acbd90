/* The one event that Python may ask for. Its place is where the chip has nothing: a store there is how the boot ROM's stub
 * (factory.py) says that it runs. */
#include "outside.h"

#include "machine.h"

enum { NOWHERE = 0x5FFFFFFC };

static uint32_t outside_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void outside_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    (void)slot, (void)offset, (void)size, (void)value;
    machine_stop(m, STOP_BOOT_ROM); /* once: the program goes on to wait in a loop */
}

static void outside_event(struct machine *m, unsigned slot)
{
    (void)slot;
    m->outside.event(m);
}

const struct peripheral OUTSIDE = {NOWHERE, 4, outside_read, outside_write, outside_event, NULL, NULL};

void machine_set_outside(struct machine *m, const struct outside *outside)
{
    m->outside = *outside;
}

void machine_schedule_outside(struct machine *m, uint64_t ticks)
{
    peripheral_schedule(m, SLOT_OUTSIDE, ticks);
}
