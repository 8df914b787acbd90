/* Option bytes: 16 bytes at 0x1FFF0E80, each pair followed by its complement (Puya's py32f003x6.h).
 *
 * +0 RDP: 0xAA level 0, anything else level 1. +1 USER: BOR_EN 0, BOR_LEV [3:1], IWDG_SW 4, WWDG_SW 5, NRST_MODE 6,
 * nBOOT1 7. +4 first and last unit of the SDK area. +12 WRP, a bit a sector of 4 KiB, 0: protected.
 *
 * Loaded at power on and by OBL_LAUNCH. Where a complement does not match (assumed, as on STM32): OPTVERR; RDP is level 1,
 * USER as from the factory, nothing else protected. Writing them takes as long as to erase and program a page (assumed).
 * Going from RDP level 1 to 0 erases the flash first (vendor's ROM; here at once, assumed within the same time). The SDK
 * area is not modelled: writing one that is not empty stops the machine. */
#include <string.h>

#include "flash_internal.h"

#define OPTION_BYTES_AT 0xE80 /* in system memory */
#define RDP_LEVEL_0 0xAAu
#define RDP_BITS 0xFFu
#define USER_BOR_EN (1u << 8)
#define USER_BOR_LEV 9
#define USER_NBOOT1 (1u << 15)
#define SDK_UNIT 0x1Fu

static const struct { uint32_t at, fallback; } PLACES[FLASH_OPTIONS] = {
    [OPTR] = {0, 0xBEFF}, [SDKR] = {4, 0x00FF}, [WRPR] = {12, 0xFFFF}};

/* The pair's value, and whether its complement is. */
static bool read_pair(const struct machine *m, enum flash_option option, uint32_t *value)
{
    uint32_t word;
    memcpy(&word, m->state.system + OPTION_BYTES_AT + PLACES[option].at, 4);
    bool valid = (word & 0xFFFF) == (~word >> 16 & 0xFFFF);
    *value = valid ? word & 0xFFFF : PLACES[option].fallback;
    return valid;
}

void flash_load_options(struct machine *m)
{
    struct flash *f = &m->state.mcu.flash;
    for (unsigned option = 0; option < FLASH_OPTIONS; option++)
        if (!read_pair(m, option, &f->loaded[option]))
            f->sr |= SR_OPTVERR;
    f->options_loaded = true;
}

uint32_t flash_options(const struct machine *m)
{
    uint32_t value = m->state.mcu.flash.loaded[OPTR];
    if (!m->state.mcu.flash.options_loaded) /* in the midst of a power on: the boot mode is asked for before the reset */
        read_pair(m, OPTR, &value);
    return value;
}

bool flash_boots_from_system(const struct machine *m)
{
    return flash_options(m) & USER_NBOOT1;
}

/* Level n resets at 1.7 V + n * 0.2 V, falling (Puya's LL headers). */
int flash_brownout_mv(struct machine *m)
{
    uint32_t options = flash_options(m);
    return options & USER_BOR_EN ? 1700 + 200 * (int)(options >> USER_BOR_LEV & 7) : 0;
}

void flash_option_image(const struct flash *f, uint8_t image[16])
{
    memset(image, 0xFF, 16);
    for (unsigned option = 0; option < FLASH_OPTIONS; option++) {
        uint32_t word = f->option[option] | ~f->option[option] << 16;
        memcpy(image + PLACES[option].at, &word, 4);
    }
}

static bool sdk_area_empty(uint32_t sdkr)
{
    return (sdkr & SDK_UNIT) > (sdkr >> 8 & SDK_UNIT);
}

void flash_start_options(struct machine *m)
{
    struct flash *f = &m->state.mcu.flash;
    bool unlocked = !(f->cr & (CR_LOCK | CR_OPTLOCK));
    if (!unlocked || f->operation || (f->cr & CR_OPERATIONS) != CR_OPTSTRT) {
        flash_refuse(m);
        return;
    }
    if (!sdk_area_empty(f->option[SDKR]))
        peripheral_unmodelled(m, SLOT_FLASH, 0x24, 4, true);
    if ((f->loaded[OPTR] & RDP_BITS) != RDP_LEVEL_0 && (f->option[OPTR] & RDP_BITS) == RDP_LEVEL_0)
        memset(m->state.flash, 0xFF, FLASH_BYTES);
    flash_start(m, FLASH_WRITING_OPTIONS, 0, 0, flash_erase_cycles(f, PERTPE) + flash_program_cycles(f));
}
