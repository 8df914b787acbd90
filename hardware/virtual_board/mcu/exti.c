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

const struct peripheral EXTI = {0x40021800, 0x400, stub_read, stub_write, NULL, NULL, NULL};

void exti_set_line(struct machine *m, unsigned line, bool level) { (void)m; (void)line; (void)level; }
void exti_pin_changed(struct machine *m, unsigned port, unsigned bit, bool level) { (void)m; (void)port; (void)bit; (void)level; }
bool exti_unmasked(const struct machine *m, unsigned line) { (void)m; (void)line; return true; }
