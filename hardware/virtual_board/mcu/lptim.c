/* Low-power timer, one-shot only: 0x40007C00, words only.
 *
 * +00 ISR   ARRM 1: the count has reached ARR
 * +04 ICR   ARRMCF 1
 * +08 IER   ARRMIE 1
 * +0C CFGR  PRESC 11:9 (1 to 128), PRELOAD 22 (ARR takes effect at the end of the shot)
 * +10 CR    ENABLE 0, SNGSTRT 1 (0 again when the shot is over (?)), RSTARE 4 (reading CNT sets it to 0)
 * +18 ARR   15:0
 * +1C CNT   15:0
 *
 * Sources: vendor's py32f003x6.h, py32f003xx.svd and py32f0xx_ll_lptim.h. The latter says: CFGR and IER are written while
 * disabled, ARR while enabled, and after ENABLE two counter clocks pass before the timer is enabled. What becomes of other
 * writes is not said: here they are lost. The vendor's LPTIM_WakeUp example writes ARR right after ENABLE, and waits 160 us
 * from there to SNGSTRT, so it is the start that is lost if it comes early. At the slowest LSI (-20 %) that wait holds four
 * clocks whatever their phase: up to four are taken, three from the next edge on.
 *
 * Counting begins at the clock's edge that follows SNGSTRT. CNT always reads right here; on silicon a reading at an edge of
 * LSI may not, so two that agree are to be taken.
 */
#include "machine.h"

enum { ISR = 0x00, ICR = 0x04, IER = 0x08, CFGR = 0x0C, CR = 0x10, ARR = 0x18, CNT = 0x1C };
enum { IRQ_LPTIM = 17, EXTI_LPTIM = 29, ENABLE_CLOCKS = 3 /* after the next edge */, ARR_AT_RESET = 1 };

#define ARRM (1u << 1)
#define CFGR_PRESC_POS 9
#define CFGR_PRELOAD (1u << 22)
#define CFGR_KNOWN (7u << CFGR_PRESC_POS | CFGR_PRELOAD)
#define CR_ENABLE 1u
#define CR_SNGSTRT (1u << 1)
#define CR_RSTARE (1u << 4)

static uint64_t clock_ticks(const struct machine *m)
{
    return rcc_lptim_clock(m) == LPTIM_CLOCK_LSI ? rcc_lsi_ticks(m) : rcc_pclk_ticks(m);
}

static uint64_t next_edge(const struct machine *m)
{
    uint64_t period = clock_ticks(m);
    return (m->state.ticks + period - 1) / period * period;
}

/* In STOP the interrupt reaches the core by way of the EXTI only. */
static void update_lines(struct machine *m)
{
    const struct lptim *lptim = &m->state.mcu.lptim;
    bool level = lptim->isr & lptim->ier & ARRM;
    exti_set_line(m, EXTI_LPTIM, level);
    irq_set(m, IRQ_LPTIM, level && (!pwr_stopped(m) || exti_unmasked(m, EXTI_LPTIM)));
}

static void schedule_match(struct machine *m)
{
    const struct lptim *lptim = &m->state.mcu.lptim;
    bool running = lptim->started_at != NEVER && lptim->frozen_at == NEVER;
    peripheral_schedule(m, SLOT_LPTIM, running ? lptim->started_at + lptim->arr * lptim->period_ticks : NEVER);
}

static uint32_t count(const struct machine *m)
{
    const struct lptim *lptim = &m->state.mcu.lptim;
    if (lptim->started_at == NEVER || m->state.ticks < lptim->started_at)
        return 0;
    uint64_t counted = (m->state.ticks - lptim->started_at) / lptim->period_ticks;
    return counted < lptim->arr ? (uint32_t)counted : lptim->arr;
}

static uint32_t read_count(struct machine *m)
{
    struct lptim *lptim = &m->state.mcu.lptim;
    uint32_t value = count(m);
    if (lptim->cr & CR_RSTARE && lptim->started_at != NEVER) {
        lptim->started_at = next_edge(m);
        schedule_match(m);
    }
    return value;
}

static void end_shot(struct machine *m)
{
    struct lptim *lptim = &m->state.mcu.lptim;
    lptim->started_at = NEVER;
    lptim->cr &= ~CR_SNGSTRT;
    lptim->arr = lptim->next_arr;
    schedule_match(m);
}

static void lptim_event(struct machine *m, unsigned slot)
{
    (void)slot;
    m->state.mcu.lptim.isr |= ARRM;
    end_shot(m);
    update_lines(m);
}

/* A timer whose clock is off would never come to be enabled. */
static void enable(struct machine *m)
{
    if (rcc_lptim_clock(m) == LPTIM_CLOCK_LSI && !rcc_lsi_runs(m))
        stop_at_access(m, STOP_UNCLOCKED, LPTIM.base + CR, 4, true);
    m->state.mcu.lptim.cr = CR_ENABLE;
    m->state.mcu.lptim.enabled_at = next_edge(m) + ENABLE_CLOCKS * clock_ticks(m);
}

static void disable(struct machine *m)
{
    m->state.mcu.lptim.cr = 0;
    m->state.mcu.lptim.enabled_at = NEVER;
    end_shot(m);
}

static void start(struct machine *m)
{
    struct lptim *lptim = &m->state.mcu.lptim;
    if (m->state.ticks < lptim->enabled_at || lptim->started_at != NEVER)
        return;
    lptim->cr |= CR_SNGSTRT;
    lptim->started_at = next_edge(m);
    lptim->period_ticks = clock_ticks(m) << (lptim->cfgr >> CFGR_PRESC_POS & 7);
    schedule_match(m);
}

static void write_cr(struct machine *m, uint32_t value)
{
    struct lptim *lptim = &m->state.mcu.lptim;
    bool was_enabled = lptim->cr & CR_ENABLE;
    if (value & ~(CR_ENABLE | CR_SNGSTRT | CR_RSTARE))
        peripheral_unmodelled(m, SLOT_LPTIM, CR, 4, true);
    if (!(value & CR_ENABLE)) {
        if (was_enabled)
            disable(m);
        return;
    }
    if (!was_enabled)
        enable(m);
    lptim->cr = (lptim->cr & ~CR_RSTARE) | (value & CR_RSTARE);
    if (value & CR_SNGSTRT)
        start(m);
}

static void write_arr(struct machine *m, uint32_t value)
{
    struct lptim *lptim = &m->state.mcu.lptim;
    if (!(lptim->cr & CR_ENABLE))
        return;
    lptim->next_arr = value;
    if (lptim->started_at == NEVER || !(lptim->cfgr & CFGR_PRELOAD)) {
        lptim->arr = value;
        schedule_match(m);
    }
}

static uint32_t lptim_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct lptim *lptim = &m->state.mcu.lptim;
    if (size == 4)
        switch (offset) {
        case ISR: return lptim->isr;
        case ICR: return 0;
        case IER: return lptim->ier;
        case CFGR: return lptim->cfgr;
        case CR: return lptim->cr;
        case ARR: return lptim->next_arr;
        case CNT: return read_count(m);
        }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void lptim_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    static const struct { uint32_t offset, known; } REGISTERS[] = {
        {ISR, ~0u}, {ICR, ARRM}, {IER, ARRM}, {CFGR, CFGR_KNOWN}, {CR, ~0u}, {ARR, 0xFFFF}, {CNT, ~0u}};
    struct lptim *lptim = &m->state.mcu.lptim;
    bool known = false;
    for (unsigned i = 0; i < sizeof REGISTERS / sizeof *REGISTERS; i++)
        known |= offset == REGISTERS[i].offset && !(value & ~REGISTERS[i].known);
    if (!known || size != 4)
        peripheral_unmodelled(m, slot, offset, size, true);
    if (offset == ICR)
        lptim->isr &= ~value;
    else if (offset == IER && !(lptim->cr & CR_ENABLE))
        lptim->ier = value;
    else if (offset == CFGR && !(lptim->cr & CR_ENABLE))
        lptim->cfgr = value;
    else if (offset == CR)
        write_cr(m, value);
    else if (offset == ARR)
        write_arr(m, value);
    update_lines(m);
}

/* STOP takes PCLK away; LSI goes on. */
static void lptim_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct lptim *lptim = &m->state.mcu.lptim;
    (void)slot;
    (void)deep;
    if (asleep && pwr_stopped(m) && rcc_lptim_clock(m) == LPTIM_CLOCK_PCLK) {
        lptim->frozen_at = m->state.ticks;
    } else if (!asleep && lptim->frozen_at != NEVER) {
        uint64_t slept = m->state.ticks - lptim->frozen_at;
        lptim->frozen_at = NEVER;
        postpone(&lptim->started_at, slept);
        postpone(&lptim->enabled_at, slept);
    }
    schedule_match(m);
    update_lines(m);
}

static void lptim_reset(struct machine *m, unsigned slot)
{
    m->state.mcu.lptim = (struct lptim){.arr = ARR_AT_RESET, .next_arr = ARR_AT_RESET,
                                        .enabled_at = NEVER, .started_at = NEVER, .frozen_at = NEVER};
    peripheral_schedule(m, slot, NEVER);
    update_lines(m);
}

const struct peripheral LPTIM = {0x40007C00, 0x400, lptim_read, lptim_write, lptim_event, lptim_reset, lptim_sleep};
