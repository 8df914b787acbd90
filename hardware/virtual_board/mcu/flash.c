#include "machine.h"

static uint32_t stub_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void stub_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    (void)value;
    peripheral_unmodelled(m, slot, offset, size, true);
}

const struct peripheral FLASH = {0x40022000, 0x400, stub_read, stub_write, NULL, NULL, NULL};

bool flash_boots_from_system(const struct machine *m) { (void)m; return true; }
const struct peripheral FLASH_ARRAY = {FLASH_BASE, FLASH_BYTES, stub_read, stub_write, NULL, NULL, NULL};
