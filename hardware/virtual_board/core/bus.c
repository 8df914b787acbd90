/* Accesses that are not plain memory: peripherals, the private peripheral bus, and addresses where nothing is.
 *
 * An address where nothing is faults; one in a peripheral window that no model has stops the machine instead, so that a
 * register which firmware uses and nobody modelled is never silence. (The chip reads 0 there: PY32F003 datasheet, note 5-2.)
 */
#include "bus.h"
#include "system_control.h"

static const struct { uint32_t base, bytes; } PERIPHERAL_WINDOWS[] = {
    {0x40000000, 0x24000}, /* APB and AHB */
    {0x50000000, 0x2000},  /* IOPORT */
    {FLASH_BASE, FLASH_BYTES}, /* writes */
    {SYSTEM_BASE, SYSTEM_BYTES},
};

static int region_at(const struct machine *m, uint32_t address)
{
    for (unsigned slot = 0; slot < m->peripheral_count; slot++)
        if (address - m->peripherals[slot].base < m->peripherals[slot].size)
            return (int)slot;
    return -1;
}

_Noreturn static void nothing_there(struct machine *m, uint32_t address, unsigned size, bool write)
{
    for (size_t i = 0; i < sizeof PERIPHERAL_WINDOWS / sizeof *PERIPHERAL_WINDOWS; i++)
        if (address - PERIPHERAL_WINDOWS[i].base < PERIPHERAL_WINDOWS[i].bytes)
            stop_at_access(m, STOP_UNMODELLED, address, size, write);
    raise_fault(m, FAULT_UNMAPPED, address);
}

/* The slot that has the address; does not return if there is none, or if it has no clock. */
static unsigned demand_region(struct machine *m, uint32_t address, unsigned size, bool write)
{
    int slot = region_at(m, address);
    if (slot < 0)
        nothing_there(m, address, size, write);
    if (!mcu_clocked(m, (unsigned)slot))
        stop_at_access(m, STOP_UNCLOCKED, address, size, write);
    return (unsigned)slot;
}

uint32_t bus_read(struct machine *m, uint32_t address, unsigned size)
{
    unsigned slot;
    uint32_t value;
    if (address >> 20 == 0xE00)
        return system_control_read(m, address, size);
    slot = demand_region(m, address, size, false);
    value = m->peripherals[slot].read(m, slot, address - m->peripherals[slot].base, size);
    if (m->state.stop == STOP_CALLBACK)
        stop_at_access(m, STOP_CALLBACK, address, size, false);
    return size == 4 ? value : value & ((1u << 8 * size) - 1);
}

void bus_write(struct machine *m, uint32_t address, unsigned size, uint32_t value)
{
    struct state *s = &m->state;
    unsigned slot;
    if (size < 4)
        value &= (1u << 8 * size) - 1;
    if (address >> 20 == 0xE00) {
        system_control_write(m, address, size, value);
        return;
    }
    if (address < s->alias_bytes) { /* the alias is the memory itself */
        uint8_t *place = memory_at(s, address);
        if (s->alias_offset == offsetof(struct state, ram)) {
            memcpy(place, &value, size);
            return;
        }
        address += s->alias_offset == offsetof(struct state, flash) ? FLASH_BASE : SYSTEM_BASE;
    }
    slot = demand_region(m, address, size, true);
    m->peripherals[slot].write(m, slot, address - m->peripherals[slot].base, size, value);
    if (s->stop == STOP_CALLBACK)
        stop_at_access(m, STOP_CALLBACK, address, size, true);
}

int machine_access(struct machine *m, uint32_t address, unsigned size, int write, uint32_t *value)
{
    jmp_buf outer; /* of the run, if a callback asks for this access in the midst of it */
    memcpy(&outer, &m->abort, sizeof outer);
    m->state.stop = STOP_NONE;
    if (setjmp(m->abort)) {
        memcpy(&m->abort, &outer, sizeof outer);
        return m->state.stop ? (int)m->state.stop : STOP_LOCKUP;
    }
    if (write)
        store(m, address, size, *value);
    else
        *value = load(m, address, size);
    memcpy(&m->abort, &outer, sizeof outer);
    return (int)m->state.stop;
}
