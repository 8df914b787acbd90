/* FLASH_ARRAY, stores to the flash memory itself: 256 pages of 128 bytes, 8 sectors of 4 KiB.
 *
 * Erase (vendor's HAL): with one of PER, SER and MER set, any word stored into the page, sector or memory starts.
 * Program: with PG set, words 0 to 30 of a page in this order, then PGSTRT, then word 31, which starts.
 *
 * Whatever is not that sequence is refused: a store while locked or busy, of less than a word, with no or several operations
 * chosen, out of order, into another page, with PGSTRT too early or missing. Then nothing starts, the page buffer is empty
 * and WRPERR is set, the only error flag that there is (assumed; the reference manual is not public). Stores are not
 * required to follow each other closely: interrupts between them do no harm here. */
#include "flash_internal.h"

static uint32_t array_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    peripheral_unmodelled(m, slot, offset, size, false);
}

/* A bit of WRPR at 0 protects its sector. Nothing of what is to be changed may be protected. */
static bool is_protected(const struct flash *f, uint32_t first, uint32_t bytes)
{
    for (uint32_t sector = first / FLASH_SECTOR_BYTES; sector <= (first + bytes - 1) / FLASH_SECTOR_BYTES; sector++)
        if (!(f->loaded[WRPR] >> sector & 1))
            return true;
    return false;
}

static void erase(struct machine *m, uint32_t offset, uint32_t bytes, enum flash_timing unit)
{
    struct flash *f = &m->state.mcu.flash;
    uint32_t first = offset & ~(bytes - 1);
    if (is_protected(f, first, bytes))
        flash_refuse(m);
    else
        flash_start(m, FLASH_ERASING, first, bytes, flash_erase_cycles(f, unit));
}

static void fill_page(struct machine *m, uint32_t offset, uint32_t value)
{
    struct flash *f = &m->state.mcu.flash;
    uint32_t word = offset % FLASH_PAGE_BYTES / 4;
    bool last = word == FLASH_PAGE_WORDS - 1;
    if (word == 0 && f->page_filled == 0)
        f->page = offset;
    if (word != f->page_filled || offset - f->page >= FLASH_PAGE_BYTES || last != !!(f->cr & CR_PGSTRT)) {
        flash_refuse(m);
        return;
    }
    f->page_words[word] = value;
    f->page_filled++;
    if (!last)
        return;
    f->page_filled = 0;
    if (is_protected(f, f->page, FLASH_PAGE_BYTES))
        flash_refuse(m);
    else
        flash_start(m, FLASH_PROGRAMMING, f->page, FLASH_PAGE_BYTES, flash_program_cycles(f));
}

static void array_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    const struct flash *f = &m->state.mcu.flash;
    (void)slot;
    if (size != 4 || f->cr & CR_LOCK || f->operation) {
        flash_refuse(m);
        return;
    }
    switch (f->cr & CR_OPERATIONS) {
    case CR_PG: fill_page(m, offset, value); return;
    case CR_PER: erase(m, offset, FLASH_PAGE_BYTES, PERTPE); return;
    case CR_SER: erase(m, offset, FLASH_SECTOR_BYTES, SMERTPE); return;
    case CR_MER: erase(m, offset, FLASH_BYTES, SMERTPE); return;
    default: flash_refuse(m); return;
    }
}

const struct peripheral FLASH_ARRAY = {FLASH_BASE, FLASH_BYTES, array_read, array_write, NULL, NULL, NULL};
