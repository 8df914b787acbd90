/* Erasing and programming: how long it takes, what it does, and what is left when it is broken off.
 *
 * The timing registers count periods of HSI. Which of them add up to an operation no public source says; assumed: all of
 * TS0, TS1, TS2P, TPS3 and TS3, with PRGTPE to program, with PRETPE and PERTPE to erase a page, with PRETPE and SMERTPE to
 * erase a sector or all. The factory's words then give the datasheet's typical 1.0 and 3.0 ms (tables 6-15, 6-16).
 *
 * The memory changes when the operation ends, and the CPU goes on reading and executing meanwhile (assumed; silicon may hold
 * a fetch until it is over). Programming only clears bits. One that is broken off leaves bits in between: each bit that was
 * to change has changed with the share of the time that has passed (assumed: the cells see a slowly growing charge, and a
 * read compares it with one threshold). One given less than half of the typical time ends in the same way, since the vendor
 * says that it fails when the time registers are not right. */
#include <string.h>

#include "flash_internal.h"

#define OPTION_BYTES_AT 0xE80 /* in system memory */
#define OPTION_BYTES 16

enum { ALL = 1 << 16 }; /* shares are of ALL */

uint32_t flash_program_cycles(const struct flash *f)
{
    const uint32_t *t = f->timing;
    return t[TS0] + t[TS1] + t[TS2P] + t[TPS3] + t[TS3] + t[PRGTPE];
}

uint32_t flash_erase_cycles(const struct flash *f, enum flash_timing of_unit)
{
    return flash_program_cycles(f) - f->timing[PRGTPE] + f->timing[PRETPE] + f->timing[of_unit];
}

/* Half of the datasheet's typical times. */
static uint64_t least_ticks(enum flash_operation operation)
{
    switch (operation) {
    case FLASH_PROGRAMMING: return TICKS_PER_MS / 2;
    case FLASH_ERASING: return 3 * TICKS_PER_MS / 2;
    default: return 4 * TICKS_PER_MS / 2;
    }
}

/* Bits by chance ------------------------------------------------------------------------------- */

/* splitmix64 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* A byte in which each bit is set with this chance. */
static uint8_t random_bits(uint64_t *random, uint32_t share)
{
    uint8_t bits = 0;
    for (unsigned half = 0; half < 2; half++)
        for (uint64_t i = 0, number = next_random(random); i < 4; i++, number >>= 16)
            bits = (uint8_t)(bits << 1 | ((number & 0xFFFF) < share));
    return bits;
}

static void erase_bits(uint8_t *memory, uint32_t bytes, uint32_t share, uint64_t *random)
{
    for (uint32_t i = 0; i < bytes; i++)
        memory[i] |= random_bits(random, share);
}

static void program_bits(uint8_t *memory, const uint8_t *wanted, uint32_t bytes, uint32_t share, uint64_t *random)
{
    for (uint32_t i = 0; i < bytes; i++)
        memory[i] &= (uint8_t)(wanted[i] | ~random_bits(random, share));
}

/* The option bytes are erased, which takes three quarters of the time, then programmed. */
static void write_options(struct state *s, uint32_t share, uint64_t *random)
{
    uint8_t *memory = s->system + OPTION_BYTES_AT;
    uint8_t image[OPTION_BYTES];
    flash_option_image(&s->mcu.flash, image);
    if (share < ALL / 4 * 3) {
        erase_bits(memory, OPTION_BYTES, share / 3 * 4, random);
    } else {
        memset(memory, 0xFF, OPTION_BYTES);
        program_bits(memory, image, OPTION_BYTES, (share - ALL / 4 * 3) * 4, random);
    }
}

/* What the operation under way has done after this share of its time. */
static void apply(struct state *s, uint32_t share, uint64_t seed)
{
    const struct flash *f = &s->mcu.flash;
    uint64_t random = seed;
    switch (f->operation) {
    case FLASH_ERASING: erase_bits(s->flash + f->first, f->bytes, share, &random); return;
    case FLASH_PROGRAMMING:
        program_bits(s->flash + f->first, (const uint8_t *)f->page_words, f->bytes, share, &random);
        return;
    case FLASH_WRITING_OPTIONS: write_options(s, share, &random); return;
    }
}

static uint32_t share_of(uint64_t passed, uint64_t whole)
{
    return passed < whole ? (uint32_t)(passed * ALL / whole) : ALL;
}

/* Life of an operation ------------------------------------------------------------------------- */

void flash_refuse(struct machine *m)
{
    struct flash *f = &m->state.mcu.flash;
    f->page_filled = 0;
    f->cr &= ~CR_PGSTRT;
    f->sr |= SR_WRPERR;
    flash_update_interrupt(m);
}

void flash_start(struct machine *m, enum flash_operation operation, uint32_t first, uint32_t bytes, uint32_t cycles)
{
    struct flash *f = &m->state.mcu.flash;
    f->operation = operation;
    f->first = first;
    f->bytes = bytes;
    f->begun = m->state.ticks;
    f->ends = f->begun + (uint64_t)cycles * rcc_hsi_ticks(m);
    peripheral_schedule(m, SLOT_FLASH, f->ends);
    mcu_power_changed(m);
}

/* PGSTRT falls by itself: the vendor's HAL sets it for each page and never clears it. */
void flash_event(struct machine *m, unsigned slot)
{
    struct flash *f = &m->state.mcu.flash;
    (void)slot;
    apply(&m->state, share_of(f->ends - f->begun, least_ticks(f->operation)), f->begun);
    f->operation = FLASH_IDLE;
    f->cr &= ~CR_PGSTRT;
    if (f->cr & CR_EOPIE)
        f->sr |= SR_EOP;
    flash_update_interrupt(m);
    mcu_power_changed(m);
}

/* HSI times an operation: in STOP it stands still (?). */
void flash_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct flash *f = &m->state.mcu.flash;
    (void)deep;
    if (!f->operation)
        return;
    if (asleep && pwr_stopped(m)) {
        f->stopped_at = m->state.ticks;
        peripheral_schedule(m, slot, NEVER);
    } else if (!asleep && f->stopped_at != NEVER) {
        f->begun += m->state.ticks - f->stopped_at;
        f->ends += m->state.ticks - f->stopped_at;
        f->stopped_at = NEVER;
        peripheral_schedule(m, slot, f->ends);
    }
}

void flash_break_off(struct machine *m, uint64_t seed)
{
    struct flash *f = &m->state.mcu.flash;
    apply(&m->state, share_of(m->state.ticks - f->begun, f->ends - f->begun), seed);
    f->operation = FLASH_IDLE;
    peripheral_schedule(m, SLOT_FLASH, NEVER);
    mcu_power_changed(m);
}

int mcu_flash_busy(struct machine *m)
{
    return m->state.mcu.flash.operation != FLASH_IDLE;
}

void mcu_power_lost(struct machine *m, uint64_t seed)
{
    if (mcu_flash_busy(m))
        flash_break_off(m, seed);
    m->state.mcu.flash.options_loaded = false;
}
