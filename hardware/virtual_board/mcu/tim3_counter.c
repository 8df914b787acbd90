/* How TIM3 counts, and what an update does. The count is not stepped: it follows from when it was zero. */
#include "tim3_internal.h"

enum { IRQ_TIM3 = 16 };

#define MMS_RESET (0u << 4)
#define MMS_ENABLE (1u << 4)
#define MMS_UPDATE (2u << 4)
#define COUNTS 0x10000u

static bool runs(const struct tim3 *t)
{
    return t->cr1 & CR1_CEN && t->auto_reload && !t->stopped; /* an ARR of 0 holds the counter */
}

static uint64_t count_ticks(const struct machine *m)
{
    return (uint64_t)rcc_pclk_ticks(m) * (m->state.mcu.tim3.prescaler + 1);
}

uint32_t tim3_count(const struct machine *m)
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

void tim3_run_on(struct machine *m, unsigned slot, uint32_t from)
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

void tim3_update_interrupt(struct machine *m)
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
    tim3_update_interrupt(m);
    if (t->dier & DIER_UDE)
        dma_request(m, DMA_REQUEST_TIM3_UP);
}

void tim3_event(struct machine *m, unsigned slot)
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

void tim3_control(struct machine *m, unsigned slot, uint32_t value)
{
    struct tim3 *t = &m->state.mcu.tim3;
    bool starts = !(t->cr1 & CR1_CEN) && value & CR1_CEN;
    bool stops = t->cr1 & CR1_CEN && !(value & CR1_CEN);
    uint32_t at = tim3_count(m);
    t->cr1 = value;
    if (starts || stops)
        tim3_run_on(m, slot, at);
    if (starts)
        trigger(m, MMS_ENABLE, m->state.ticks);
}

void tim3_generate_update(struct machine *m, unsigned slot)
{
    update(m, m->state.ticks, !(m->state.mcu.tim3.cr1 & CR1_URS));
    tim3_run_on(m, slot, 0);
    trigger(m, MMS_RESET, m->state.ticks);
}

void tim3_auto_reload(struct machine *m, unsigned slot, uint32_t value)
{
    struct tim3 *t = &m->state.mcu.tim3;
    uint32_t at = tim3_count(m);
    bool ran = runs(t);
    t->arr = value;
    if (t->cr1 & CR1_ARPE)
        return;
    t->auto_reload = value;
    if (ran && runs(t)) { /* the prescaler goes on where it is */
        t->held = at;
        peripheral_schedule(m, slot, update_at(m, at));
    } else {
        tim3_run_on(m, slot, at);
    }
}

/* STOP takes the clock away: the count stays. */
void tim3_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct tim3 *t = &m->state.mcu.tim3;
    if (!deep || t->stopped == asleep)
        return;
    t->held = tim3_count(m);
    t->stopped = asleep;
    tim3_run_on(m, slot, t->held);
}
