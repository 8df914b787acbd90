/* TIM3, F0 layout, 16 bits, as an upcounter that triggers: facts from Puya's py32f003x6.h; behaviour as on STM32F0 (assumed).
 *
 * +00 CR1   CEN 0, UDIS 1, URS 2, OPM 3, ARPE 7
 * +04 CR2   MMS [6:4]: TRGO is 0 reset (by UG), 1 enable, 2 update
 * +08 SMCR  0 only
 * +0C DIER  UIE 0, UDE 8
 * +10 SR    UIF 0, cleared by writing 0
 * +14 EGR   UG 0
 * +24 CNT, +28 PSC, +2C ARR
 *
 * Compare channels, slave modes, counting down and dead registers around them stop the machine; SR shows none of their
 * flags. The clock is PCLK; one that changes, or is gated by RCC, while the counter runs tells only from the next update on. */
#include "tim3_internal.h"

enum { CR1 = 0x00, CR2 = 0x04, SMCR = 0x08, DIER = 0x0C, SR = 0x10, EGR = 0x14, CNT = 0x24, PSC = 0x28, ARR = 0x2C };

#define CR1_BITS (CR1_CEN | CR1_UDIS | CR1_URS | CR1_OPM | CR1_ARPE)
#define EGR_UG 1u

static uint32_t tim3_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct tim3 *t = &m->state.mcu.tim3;
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, false);
    switch (offset) {
    case CR1: return t->cr1;
    case CR2: return t->cr2;
    case DIER: return t->dier;
    case SR: return t->sr;
    case SMCR:
    case EGR: return 0;
    case CNT: return tim3_count(m);
    case PSC: return t->psc;
    case ARR: return t->arr;
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void tim3_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct tim3 *t = &m->state.mcu.tim3;
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, true);
    switch (offset) {
    case CR1:
        peripheral_demand(m, slot, offset, !(value & ~CR1_BITS));
        tim3_control(m, slot, value);
        return;
    case CR2:
        peripheral_demand(m, slot, offset, !(value & ~CR2_MMS) && value != CR2_MMS);
        t->cr2 = value;
        return;
    case SMCR: peripheral_demand(m, slot, offset, value == 0); return;
    case DIER:
        peripheral_demand(m, slot, offset, !(value & ~(DIER_UIE | DIER_UDE)));
        t->dier = value;
        tim3_update_interrupt(m);
        return;
    case SR:
        t->sr &= value;
        tim3_update_interrupt(m);
        return;
    case EGR:
        peripheral_demand(m, slot, offset, !(value & ~EGR_UG));
        if (value)
            tim3_generate_update(m, slot);
        return;
    case CNT: tim3_run_on(m, slot, value & 0xFFFF); return;
    case PSC: t->psc = value & 0xFFFF; return;
    case ARR: tim3_auto_reload(m, slot, value & 0xFFFF); return;
    }
    peripheral_unmodelled(m, slot, offset, size, true);
}

static void tim3_reset(struct machine *m, unsigned slot)
{
    m->state.mcu.tim3 = (struct tim3){.arr = 0xFFFF, .auto_reload = 0xFFFF};
    tim3_update_interrupt(m);
    peripheral_schedule(m, slot, NEVER);
}

const struct peripheral TIM3 = {0x40000400, 0x400, tim3_read, tim3_write, tim3_event, tim3_reset, tim3_sleep};
