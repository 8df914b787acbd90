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
#include "tim3.h"

#include "machine.h"

#define IRQ_TIM3 16

enum { CR1 = 0x00, CR2 = 0x04, SMCR = 0x08, DIER = 0x0C, SR = 0x10, EGR = 0x14, CNT = 0x24, PSC = 0x28, ARR = 0x2C };

#define CR1_CEN (1u << 0)
#define CR1_UDIS (1u << 1)
#define CR1_URS (1u << 2)
#define CR1_OPM (1u << 3)
#define CR1_ARPE (1u << 7)
#define CR1_BITS (CR1_CEN | CR1_UDIS | CR1_URS | CR1_OPM | CR1_ARPE)
#define CR2_MMS (3u << 4)
#define MMS_RESET (0u << 4)
#define MMS_ENABLE (1u << 4)
#define MMS_UPDATE (2u << 4)
#define DIER_UIE (1u << 0)
#define DIER_UDE (1u << 8)
#define SR_UIF 1u
#define EGR_UG 1u
#define COUNTS 0x10000u

static bool runs(const struct tim3 *t)
{
    return t->cr1 & CR1_CEN && t->auto_reload && !t->stopped; /* an ARR of 0 holds the counter */
}

static uint64_t count_ticks(const struct machine *m)
{
    return (uint64_t)rcc_pclk_ticks(m) * (m->state.mcu.tim3.prescaler + 1);
}

static uint32_t count(const struct machine *m)
{
    const struct tim3 *t = &m->state.mcu.tim3;
    uint64_t counted;
    if (!runs(t))
        return t->held;
    counted = (m->state.ticks - t->zero_at) / count_ticks(m);
    if (t->held <= t->auto_reload) /* the update that is due comes at the end of the instruction */
        return (uint32_t)(counted % (t->auto_reload + 1));
    return (uint32_t)(counted % COUNTS);
}

/* A count beyond ARR meets it only after the counter has gone round. */
static uint64_t update_at(const struct machine *m, uint32_t from)
{
    const struct tim3 *t = &m->state.mcu.tim3;
    uint64_t counts = (uint64_t)t->auto_reload + 1 + (from > t->auto_reload ? COUNTS : 0);
    return t->zero_at + counts * count_ticks(m);
}

static void run_on(struct machine *m, unsigned slot, uint32_t from)
{
    struct tim3 *t = &m->state.mcu.tim3;
    t->held = from;
    if (!runs(t)) {
        peripheral_schedule(m, slot, NEVER);
        return;
    }
    t->zero_at = m->state.ticks - from * count_ticks(m);
    peripheral_schedule(m, slot, update_at(m, from));
}

static void update_interrupt(struct machine *m)
{
    const struct tim3 *t = &m->state.mcu.tim3;
    irq_set(m, IRQ_TIM3, t->sr & SR_UIF && t->dier & DIER_UIE);
}

static void trigger(struct machine *m, uint32_t cause, uint64_t at)
{
    if ((m->state.mcu.tim3.cr2 & CR2_MMS) == cause)
        adc_trigger(m, ADC_TRIGGER_TIM3_TRGO, at);
}

/* What an update does, apart from the counter; `flagged`: not one by UG while URS has only overflows count. */
static void update(struct machine *m, uint64_t at, bool flagged)
{
    struct tim3 *t = &m->state.mcu.tim3;
    if (t->cr1 & CR1_UDIS)
        return;
    t->prescaler = t->psc;
    t->auto_reload = t->arr;
    trigger(m, MMS_UPDATE, at);
    if (!flagged)
        return;
    t->sr |= SR_UIF;
    update_interrupt(m);
    if (t->dier & DIER_UDE)
        dma_request(m, DMA_REQUEST_TIM3_UP);
}

static void tim3_event(struct machine *m, unsigned slot)
{
    struct tim3 *t = &m->state.mcu.tim3;
    uint32_t from = t->held;
    t->zero_at = update_at(m, from); /* not the present time, which may be some cycles later: no drift */
    t->held = 0;
    if (t->cr1 & CR1_OPM)
        t->cr1 &= ~CR1_CEN;
    update(m, t->zero_at, true);
    peripheral_schedule(m, slot, runs(t) ? update_at(m, 0) : NEVER);
}

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
    case CNT: return count(m);
    case PSC: return t->psc;
    case ARR: return t->arr;
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void control_write(struct machine *m, unsigned slot, uint32_t value)
{
    struct tim3 *t = &m->state.mcu.tim3;
    bool starts = !(t->cr1 & CR1_CEN) && value & CR1_CEN;
    bool stops = t->cr1 & CR1_CEN && !(value & CR1_CEN);
    uint32_t at = count(m);
    t->cr1 = value;
    if (starts || stops)
        run_on(m, slot, at);
    if (starts)
        trigger(m, MMS_ENABLE, m->state.ticks);
}

static void generate_update(struct machine *m, unsigned slot)
{
    update(m, m->state.ticks, !(m->state.mcu.tim3.cr1 & CR1_URS));
    run_on(m, slot, 0);
    trigger(m, MMS_RESET, m->state.ticks);
}

static void auto_reload_write(struct machine *m, unsigned slot, uint32_t value)
{
    struct tim3 *t = &m->state.mcu.tim3;
    uint32_t at = count(m);
    bool ran = runs(t);
    t->arr = value;
    if (t->cr1 & CR1_ARPE)
        return;
    t->auto_reload = value;
    if (ran && runs(t)) { /* the prescaler goes on where it is */
        t->held = at;
        peripheral_schedule(m, slot, update_at(m, at));
    } else {
        run_on(m, slot, at);
    }
}

static void tim3_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct tim3 *t = &m->state.mcu.tim3;
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, true);
    switch (offset) {
    case CR1:
        peripheral_demand(m, slot, offset, !(value & ~CR1_BITS));
        control_write(m, slot, value);
        return;
    case CR2:
        peripheral_demand(m, slot, offset, !(value & ~CR2_MMS) && value != CR2_MMS);
        t->cr2 = value;
        return;
    case SMCR: peripheral_demand(m, slot, offset, value == 0); return;
    case DIER:
        peripheral_demand(m, slot, offset, !(value & ~(DIER_UIE | DIER_UDE)));
        t->dier = value;
        update_interrupt(m);
        return;
    case SR:
        t->sr &= value;
        update_interrupt(m);
        return;
    case EGR:
        peripheral_demand(m, slot, offset, !(value & ~EGR_UG));
        if (value)
            generate_update(m, slot);
        return;
    case CNT: run_on(m, slot, value & 0xFFFF); return;
    case PSC: t->psc = value & 0xFFFF; return;
    case ARR: auto_reload_write(m, slot, value & 0xFFFF); return;
    }
    peripheral_unmodelled(m, slot, offset, size, true);
}

static void tim3_reset(struct machine *m, unsigned slot)
{
    m->state.mcu.tim3 = (struct tim3){.arr = 0xFFFF, .auto_reload = 0xFFFF};
    peripheral_schedule(m, slot, NEVER);
}

/* STOP takes the clock away: the count stays. */
static void tim3_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct tim3 *t = &m->state.mcu.tim3;
    if (!deep || t->stopped == asleep)
        return;
    t->held = count(m);
    t->stopped = asleep;
    run_on(m, slot, t->held);
}

const struct peripheral TIM3 = {0x40000400, 0x400, tim3_read, tim3_write, tim3_event, tim3_reset, tim3_sleep};
