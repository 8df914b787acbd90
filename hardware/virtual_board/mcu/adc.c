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

const struct peripheral ADC = {0x40012400, 0x400, stub_read, stub_write, NULL, NULL, NULL};

void adc_trigger(struct machine *m, enum adc_trigger source) { (void)m; (void)source; }

unsigned mcu_adc_on(struct machine *m)
{
    (void)m;
    return 0;
}
