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

const struct peripheral RCC = {0x40021000, 0x400, stub_read, stub_write, NULL, NULL, NULL};


bool rcc_clocked(const struct machine *m, enum clock clock) { (void)m; (void)clock; return true; }
uint32_t rcc_pclk_ticks(const struct machine *m) { return m->state.ticks_per_cycle; }
uint32_t rcc_hsi_ticks(const struct machine *m) { return m->state.ticks_per_cycle; }
uint32_t rcc_lsi_ticks(const struct machine *m) { (void)m; return 46875; }
bool rcc_lsi_runs(const struct machine *m) { (void)m; return true; }
void rcc_reset_chip(struct machine *m, enum reset_flag flag) { (void)flag; machine_stop(m, STOP_RESET); }
