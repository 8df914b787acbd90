/* Life of a machine, and its state as Python sees it. */

#include "machine.h"

#include <stdlib.h>
#include <string.h>

#include "bus.h"
#include "systick.h"

/* HSI, 8 MHz after reset (PY32F003 datasheet, 3.4), in ticks of 1/1.536 GHz */
enum { TICKS_PER_CYCLE_AT_RESET = 192 };

struct machine *machine_new(void)
{
    struct machine *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    decode_fill(m->operation);
    memset(m->state.flash, 0xFF, FLASH_BYTES); /* erased */
    memset(m->state.system, 0xFF, SYSTEM_BYTES);
    for (unsigned slot = 0; slot < PERIPHERALS_MAX; slot++)
        m->state.event_at[slot] = NEVER;
    machine_set_alias(m, ALIAS_FLASH);
    machine_reset(m);
    return m;
}

void machine_free(struct machine *m)
{
    free(m);
}

static void reset_registers(struct state *s)
{
    memset(s->r, 0, sizeof s->r);
    s->other_sp = 0;
    flags_write(s, 0);
    s->exception = s->primask = s->control = 0;
    s->pending = s->active = 0;
    s->enabled = (1ull << EXCEPTION_IRQ0) - 1; /* system exceptions are always enabled */
    s->irq_level = 0;
    memset(s->priority, 0, sizeof s->priority);
    s->vtor = s->scr = 0;
    s->systick = (struct systick){.zero_at = NEVER};
    s->event = s->faulted = s->entering = s->locked_up = s->told_asleep = false;
    s->sleep = AWAKE;
    s->ticks_per_cycle = TICKS_PER_CYCLE_AT_RESET;
}

/* Memory, time, alias and an attached debugger outlast a reset. */
void machine_reset(struct machine *m)
{
    struct state *s = &m->state;
    const uint8_t *vectors = memory_at(s, 0);
    uint32_t start;
    reset_registers(s);
    memcpy(&s->r[SP], vectors, 4);
    s->r[SP] &= ~3u;
    memcpy(&start, vectors + 4, 4);
    s->r[LR] = 0xFFFFFFFF;
    s->thumb = start & 1;
    s->r[PC] = s->next_pc = start & ~1u;
    for (unsigned slot = 0; slot < m->peripheral_count; slot++)
        if (m->peripherals[slot].reset)
            m->peripherals[slot].reset(m, slot);
}

void *machine_state(struct machine *m) { return &m->state; }

unsigned machine_state_bytes(void) { return sizeof(struct state); }

uint8_t *machine_memory(struct machine *m, uint32_t address, uint32_t *bytes)
{
    struct state *s = &m->state;
    const struct { uint32_t base, bytes; } ranges[] = {
        {FLASH_BASE, FLASH_BYTES}, {RAM_BASE, RAM_BYTES}, {SYSTEM_BASE, SYSTEM_BYTES}, {0, s->alias_bytes}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (address - ranges[i].base < ranges[i].bytes) {
            *bytes = ranges[i].base + ranges[i].bytes - address;
            return memory_at(s, address);
        }
    return NULL;
}

uint32_t machine_register(struct machine *m, unsigned number) { return m->state.r[number & 15]; }

void machine_set_register(struct machine *m, unsigned number, uint32_t value)
{
    m->state.r[number & 15] = number == PC ? value & ~1u : number == SP ? value & ~3u : value;
    if (number == PC)
        m->state.thumb = 1;
}

uint32_t machine_psr(struct machine *m) { return xpsr_read(&m->state); }

void machine_set_flags(struct machine *m, uint32_t apsr) { flags_write(&m->state, apsr); }

uint32_t machine_special(struct machine *m, unsigned sysm) { return special_read(&m->state, sysm); }

void machine_set_special(struct machine *m, unsigned sysm, uint32_t value) { special_write(&m->state, sysm, value); }

uint64_t machine_ticks(struct machine *m) { return m->state.ticks; }

uint64_t machine_sleep_ticks(struct machine *m) { return m->state.sleep_ticks; }

uint64_t machine_instructions(struct machine *m) { return m->state.instructions; }

uint32_t machine_ticks_per_cycle(struct machine *m) { return m->state.ticks_per_cycle; }

void machine_set_ticks_per_cycle(struct machine *m, uint32_t ticks)
{
    bool counting = m->state.systick.zero_at != NEVER;
    if (counting)
        systick_halt(&m->state);
    m->state.ticks_per_cycle = ticks;
    if (counting)
        systick_go_on(&m->state);
}

int machine_asleep(struct machine *m) { return m->state.sleep != AWAKE; }

void machine_set_alias(struct machine *m, int alias)
{
    static const struct { size_t offset; uint32_t bytes; } PLACES[] = {
        [ALIAS_FLASH] = {offsetof(struct state, flash), FLASH_BYTES},
        [ALIAS_SYSTEM] = {offsetof(struct state, system), SYSTEM_BYTES},
        [ALIAS_RAM] = {offsetof(struct state, ram), RAM_BYTES},
    };
    m->state.alias_offset = (uint32_t)PLACES[alias].offset;
    m->state.alias_bytes = PLACES[alias].bytes;
}

void machine_hold(struct machine *m, int held) { m->state.held = held; }

void machine_attach_debugger(struct machine *m, int attached) { m->state.debugger = attached; }

struct trap machine_trap(struct machine *m) { return m->state.trap; }

void machine_set_context(struct machine *m, void *context) { m->context = context; }

void *machine_context(struct machine *m) { return m->context; }
