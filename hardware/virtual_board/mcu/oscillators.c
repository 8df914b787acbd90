/* HSI and LSI: on, off, and the time that they take to start. */
#include "rcc_internal.h"

enum { IRQ_RCC = 4 };
enum { HSI_START_US = 2 };   /* datasheet: HSI start */
enum { LSI_START_US = 100 }; /* (?) of the order of 100 us */

static void schedule_ready(struct machine *m)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    peripheral_schedule(m, SLOT_RCC, rcc->hsi.ready_at < rcc->lsi.ready_at ? rcc->hsi.ready_at : rcc->lsi.ready_at);
}

static void start(struct machine *m, struct oscillator *oscillator, unsigned start_us)
{
    oscillator->ready = false;
    oscillator->ready_at = m->state.ticks + (uint64_t)start_us * TICKS_PER_US;
    schedule_ready(m);
}

static void stop(struct machine *m, struct oscillator *oscillator)
{
    oscillator->ready = false;
    oscillator->ready_at = NEVER;
    schedule_ready(m);
}

static bool is_off(const struct oscillator *oscillator)
{
    return !oscillator->ready && oscillator->ready_at == NEVER;
}

void oscillators_update_interrupt(struct machine *m)
{
    irq_set(m, IRQ_RCC, m->state.mcu.rcc.cifr != 0);
}

static void become_ready(struct machine *m, struct oscillator *oscillator, uint32_t flag)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    if (oscillator->ready_at > m->state.ticks)
        return;
    oscillator->ready = true;
    oscillator->ready_at = NEVER;
    rcc->cifr |= flag & rcc->cier;
    oscillators_update_interrupt(m);
}

void oscillators_event(struct machine *m, unsigned slot)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    (void)slot;
    become_ready(m, &rcc->hsi, HSI_READY);
    become_ready(m, &rcc->lsi, LSI_READY);
    clock_tree_switch(m);
    schedule_ready(m);
}

/* HSI ------------------------------------------------------------------------------------------ */

void hsi_apply(struct machine *m)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    if (!(rcc->cr & CR_HSION))
        stop(m, &rcc->hsi);
    else if (is_off(&rcc->hsi))
        start(m, &rcc->hsi, HSI_START_US);
}

void hsi_restart(struct machine *m)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    if (rcc->cr & CR_HSION)
        start(m, &rcc->hsi, HSI_START_US);
}

/* LSI ------------------------------------------------------------------------------------------ */

bool rcc_lsi_runs(const struct machine *m)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    return rcc->csr & CSR_LSION || rcc->lsi_forced;
}

unsigned mcu_lsi_on(struct machine *m) { return rcc_lsi_runs(m); }

void lsi_apply(struct machine *m, bool ran)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    if (rcc_lsi_runs(m) == ran)
        return;
    if (ran)
        stop(m, &rcc->lsi);
    else
        start(m, &rcc->lsi, LSI_START_US);
    mcu_power_changed(m);
}

void rcc_force_lsi(struct machine *m)
{
    bool ran = rcc_lsi_runs(m);
    m->state.mcu.rcc.lsi_forced = true;
    lsi_apply(m, ran);
}
