/* Loads, stores and fetches; memory is inline, the rest in bus.c. */
#ifndef BUS_H
#define BUS_H

#include <string.h>

#include "machine.h"

uint32_t bus_read(struct machine *machine, uint32_t address, unsigned size);
void bus_write(struct machine *machine, uint32_t address, unsigned size, uint32_t value);

static inline uint8_t *memory_at(struct state *s, uint32_t address)
{
    if (address - FLASH_BASE < FLASH_BYTES)
        return s->flash + (address - FLASH_BASE);
    if (address - RAM_BASE < RAM_BYTES)
        return s->ram + (address - RAM_BASE);
    if (address < s->alias_bytes)
        return (uint8_t *)s + s->alias_offset + address;
    if (address - SYSTEM_BASE < SYSTEM_BYTES)
        return s->system + (address - SYSTEM_BASE);
    return NULL;
}

static inline uint32_t fetch(struct machine *m, uint32_t address)
{
    const uint8_t *place = memory_at(&m->state, address);
    uint16_t halfword;
    if (!place)
        raise_fault(m, FAULT_UNMAPPED, address);
    memcpy(&halfword, place, 2);
    return halfword;
}

static inline uint32_t load(struct machine *m, uint32_t address, unsigned size)
{
    uint32_t value = 0;
    const uint8_t *place;
    if (address & (size - 1))
        raise_fault(m, FAULT_UNALIGNED, address);
    place = memory_at(&m->state, address);
    if (!place)
        return bus_read(m, address, size);
    memcpy(&value, place, size);
    return value;
}

static inline void store(struct machine *m, uint32_t address, unsigned size, uint32_t value)
{
    if (address & (size - 1))
        raise_fault(m, FAULT_UNALIGNED, address);
    if (address - RAM_BASE < RAM_BYTES)
        memcpy(m->state.ram + (address - RAM_BASE), &value, size);
    else
        bus_write(m, address, size, value);
}

#endif
