/* FLASH, registers of the flash memory: facts from Puya's py32f003x6.h, SVD file and HAL.
 *
 * +00 ACR      LATENCY 0; the SVD's reset value 0x600 reads back (?)
 * +08 KEYR     0x45670123, 0xCDEF89AB clear CR.LOCK; anything else, or a key while unlocked, locks until the next reset
 * +0C OPTKEYR  0x08192A3B, 0x4C5D6E7F clear CR.OPTLOCK, in the same way
 * +10 SR       EOP 0, WRPERR 4, OPTVERR 15 (write one to clear); BSY 16
 * +14 CR       PG 0, PER 1, MER 2, SER 11, OPTSTRT 17, PGSTRT 19, EOPIE 24, ERRIE 25, OBL_LAUNCH 27, OPTLOCK 30, LOCK 31
 * +20 OPTR, +24 SDKR, +2C WRPR   option bytes; upper half: the complement of the lower (SVD's reset values)
 * +80          any word written starts what CR.OPTSTRT asks for (vendor's HAL)
 * +90 STCR     SLEEP_EN 0, SLEEP_TIME [15:8]
 * +100..+120   cycles of HSI: TS0 TS1 TS2P TPS3 TS3 PERTPE SMERTPE PRGTPE PRETPE
 *
 * Assumed, for want of the reference manual: CR is read only while LOCK is set, and OPTSTRT and OBL_LAUNCH are while OPTLOCK
 * is; EOP comes only while EOPIE is set (vendor code); a reset breaks off an operation as a loss of power does. Wait states
 * and the flash's sleep have no effect on time. */
#include "flash_internal.h"

#define IRQ_FLASH 3

enum {
    ACR = 0x00, KEYR = 0x08, OPTKEYR = 0x0C, SR = 0x10, CR = 0x14, OPTR_AT = 0x20, SDKR_AT = 0x24, WRPR_AT = 0x2C,
    TRIGGER = 0x80, STCR = 0x90, TIMING_AT = 0x100
};

#define ACR_LATENCY 1u
#define ACR_FIXED 0x600u
#define SR_BSY (1u << 16)
#define SR_FLAGS (SR_EOP | SR_WRPERR | SR_OPTVERR)
#define CR_LOCKS (CR_LOCK | CR_OPTLOCK)
#define CR_OPTION_BITS (CR_OPTSTRT | CR_OBL_LAUNCH)
#define CR_BITS (CR_OPERATIONS | CR_PGSTRT | CR_EOPIE | CR_ERRIE | CR_OBL_LAUNCH | CR_LOCKS)
#define STCR_BITS 0xFF01u
#define STCR_RESET 0x6400u
#define COMPLEMENT 0xFFFF0000u

static const uint32_t KEYS[2] = {0x45670123, 0xCDEF89AB};
static const uint32_t OPTION_KEYS[2] = {0x08192A3B, 0x4C5D6E7F};

static const struct { uint32_t bits, reset; } TIMING[FLASH_TIMINGS] = {
    [TS0] = {0xFF, 0xB4},         [TS1] = {0x1FF, 0x1B0},        [TS2P] = {0xFF, 0xB4},
    [TPS3] = {0x7FF, 0x6C0},      [TS3] = {0xFF, 0xB4},          [PERTPE] = {0x1FFFF, 0xEA60},
    [SMERTPE] = {0x1FFFF, 0xFD20}, [PRGTPE] = {0xFFFF, 0x8CA0},  [PRETPE] = {0x3FFF, 0x12C0},
};

static const struct { uint32_t at, bits; } OPTION[FLASH_OPTIONS] = {
    [OPTR] = {OPTR_AT, 0xFFFF}, [SDKR] = {SDKR_AT, 0x1F1F}, [WRPR] = {WRPR_AT, 0xFFFF}};

void flash_update_interrupt(struct machine *m)
{
    const struct flash *f = &m->state.mcu.flash;
    bool ended = f->cr & CR_EOPIE && f->sr & SR_EOP;
    bool failed = f->cr & CR_ERRIE && f->sr & (SR_WRPERR | SR_OPTVERR);
    irq_set(m, IRQ_FLASH, ended || failed);
}

static int option_at(uint32_t offset)
{
    for (int i = 0; i < FLASH_OPTIONS; i++)
        if (OPTION[i].at == offset)
            return i;
    return -1;
}

static uint32_t flash_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct flash *f = &m->state.mcu.flash;
    unsigned timing = (offset - TIMING_AT) / 4;
    int option = option_at(offset);
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, false);
    if (offset >= TIMING_AT && timing < FLASH_TIMINGS)
        return f->timing[timing];
    if (option >= 0)
        return f->option[option] | (~f->option[option] << 16 & COMPLEMENT);
    switch (offset) {
    case ACR: return ACR_FIXED | f->acr;
    case KEYR:
    case OPTKEYR: return 0;
    case SR: return f->sr | (f->operation ? SR_BSY : 0);
    case CR: return f->cr;
    case STCR: return f->stcr;
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void key_write(struct flash *f, uint32_t *progress, uint32_t lock, const uint32_t keys[2], uint32_t value)
{
    if (*progress == KEY_NONE && f->cr & lock && value == keys[0]) {
        *progress = KEY_FIRST;
    } else if (*progress == KEY_FIRST && value == keys[1]) {
        f->cr &= ~lock;
        *progress = KEY_NONE;
    } else {
        f->cr |= lock;
        *progress = KEY_FAILED;
    }
}

static void control_write(struct machine *m, uint32_t value)
{
    struct flash *f = &m->state.mcu.flash;
    if (f->cr & CR_LOCK)
        return;
    if (f->cr & CR_OPTLOCK)
        value &= ~CR_OPTION_BITS;
    f->cr = value | (f->cr & CR_LOCKS);
    if (!(value & CR_PG))
        f->page_filled = 0;
    flash_update_interrupt(m);
    if (value & CR_OBL_LAUNCH) {
        f->options_loaded = false;
        rcc_reset_chip(m, RESET_OBL);
    }
}

static void option_write(struct flash *f, int option, uint32_t value)
{
    if (!(f->cr & CR_OPTLOCK))
        f->option[option] = value & OPTION[option].bits;
}

static void flash_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct flash *f = &m->state.mcu.flash;
    unsigned timing = (offset - TIMING_AT) / 4;
    int option = option_at(offset);
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, true);
    if (offset >= TIMING_AT && timing < FLASH_TIMINGS) {
        f->timing[timing] = value & TIMING[timing].bits; /* some vendor code writes the packed words as they are */
        return;
    }
    if (option >= 0) {
        option_write(f, option, value);
        return;
    }
    switch (offset) {
    case ACR:
        peripheral_demand(m, slot, offset, !(value & ~(ACR_LATENCY | ACR_FIXED)));
        f->acr = value & ACR_LATENCY;
        return;
    case KEYR: key_write(f, &f->key, CR_LOCK, KEYS, value); return;
    case OPTKEYR: key_write(f, &f->option_key, CR_OPTLOCK, OPTION_KEYS, value); return;
    case SR:
        peripheral_demand(m, slot, offset, !(value & ~(SR_FLAGS | SR_BSY)));
        f->sr &= ~value;
        flash_update_interrupt(m);
        return;
    case CR:
        peripheral_demand(m, slot, offset, !(value & ~CR_BITS));
        control_write(m, value);
        return;
    case TRIGGER: flash_start_options(m); return;
    case STCR:
        peripheral_demand(m, slot, offset, !(value & ~STCR_BITS));
        f->stcr = value;
        return;
    }
    peripheral_unmodelled(m, slot, offset, size, true);
}

static void flash_reset(struct machine *m, unsigned slot)
{
    struct flash *f = &m->state.mcu.flash;
    if (f->operation)
        flash_break_off(m, m->state.ticks);
    f->acr = f->sr = 0;
    f->cr = CR_LOCKS;
    f->stcr = STCR_RESET;
    f->key = f->option_key = KEY_NONE;
    f->page_filled = 0;
    f->stopped_at = NEVER;
    for (unsigned i = 0; i < FLASH_TIMINGS; i++)
        f->timing[i] = TIMING[i].reset;
    if (!f->options_loaded)
        flash_load_options(m);
    for (unsigned i = 0; i < FLASH_OPTIONS; i++)
        f->option[i] = f->loaded[i] & OPTION[i].bits;
    peripheral_schedule(m, slot, NEVER);
}

const struct peripheral FLASH = {0x40022000, 0x400, flash_read, flash_write, flash_event, flash_reset, flash_sleep};
