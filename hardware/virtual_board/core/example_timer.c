/* PERIOD +0: ticks between interrupts, 0 is off. STATUS +4: bit 0 set each period, write one to clear, drives the line. */

#include "machine.h"

enum { PERIOD = 0, STATUS = 4 };

static uint32_t timer_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct example_timer *timer = &m->state.example_timer;
    switch (offset) {
    case PERIOD: return timer->period_ticks;
    case STATUS: return timer->status;
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void timer_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct example_timer *timer = &m->state.example_timer;
    switch (offset) {
    case PERIOD:
        timer->period_ticks = value;
        peripheral_schedule(m, slot, value ? m->state.ticks + value : NEVER);
        return;
    case STATUS:
        timer->status &= ~value;
        irq_set(m, timer->irq, timer->status != 0);
        return;
    }
    peripheral_unmodelled(m, slot, offset, size, true);
}

static void timer_event(struct machine *m, unsigned slot)
{
    struct example_timer *timer = &m->state.example_timer;
    timer->status = 1;
    irq_set(m, timer->irq, 1);
    peripheral_schedule(m, slot, m->state.ticks + timer->period_ticks);
}

static void timer_reset(struct machine *m, unsigned slot)
{
    m->state.example_timer.period_ticks = 0;
    m->state.example_timer.status = 0;
    peripheral_schedule(m, slot, NEVER);
}

int example_timer_add(struct machine *m, uint32_t base, unsigned irq)
{
    const struct peripheral timer = {base, 0x400, timer_read, timer_write, timer_event, timer_reset, NULL};
    m->state.example_timer.irq = irq;
    return peripheral_add(m, &timer);
}
