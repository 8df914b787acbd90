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

const struct peripheral GPIO = {0x50000000, 0x1800, stub_read, stub_write, NULL, NULL, NULL};

bool gpio_level(const struct machine *m, enum port port, unsigned bit) { (void)m; (void)port; (void)bit; return false; }
unsigned mcu_pin(struct machine *m, unsigned port, unsigned bit) { (void)m; (void)port; (void)bit; return 0; }
void mcu_set_pin(struct machine *m, unsigned port, unsigned bit, int level) { (void)m; (void)port; (void)bit; (void)level; }
unsigned mcu_pin_function(struct machine *m, unsigned port, unsigned bit) { (void)m; (void)port; (void)bit; return 0; }
