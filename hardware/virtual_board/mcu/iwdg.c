/* Independent watchdog: 0x40003000, words only.
 *
 * +00 KR   0x5555 unlocks PR and RLR, 0xAAAA reloads the count, 0xCCCC starts; each but the first locks again
 * +04 PR   2:0, LSI divided by 4 to 256
 * +08 RLR  11:0
 * +0C SR   PVU 0, RVU 1: a write to PR, to RLR is under way
 *
 * Sources: vendor's py32f003x6.h, py32f003xx.svd (its WINR is not in the header and not modelled), and
 * py32f0xx_hal_iwdg.h: an update takes five clocks of LSI divided by the prescaler; the larger one is taken where the
 * prescaler itself changes. It needs LSI, which the start switches on (as on STM32 (?)): before that a write stays under
 * way. While one is under way another to the same register is lost. The count ends (RLR + 1) clocks after a reload.
 * Nothing but a reset stops the watchdog; it goes on in STOP. With the option bit IWDG_SW at 0 it starts by itself.
 */
#include "machine.h"

enum { KR = 0x00, PR = 0x04, RLR = 0x08, SR = 0x0C };
enum { KEY_UNLOCK = 0x5555, KEY_RELOAD = 0xAAAA, KEY_START = 0xCCCC };
#define OPTION_IWDG_SW (1u << 12) /* of OPTR; 0: started by hardware */
enum { UPDATE_CLOCKS = 5, PR_MASK = 7, PR_MAX = 6, RELOAD_AT_RESET = 0xFFF, PVU = 1, RVU = 2 };

static uint64_t clock_ticks(const struct machine *m, uint32_t prescaler)
{
    return (uint64_t)rcc_lsi_ticks(m) << (2 + (prescaler < PR_MAX ? prescaler : PR_MAX));
}

static void schedule(struct machine *m)
{
    const struct iwdg *iwdg = &m->state.mcu.iwdg;
    uint64_t next = iwdg->prescaler.done_at;
    if (iwdg->reload.done_at < next)
        next = iwdg->reload.done_at;
    if (iwdg->running) {
        uint64_t end = iwdg->counted_at + (iwdg->count + 1) * clock_ticks(m, iwdg->prescaler.value);
        if (end < next)
            next = end;
    }
    peripheral_schedule(m, SLOT_IWDG, next);
}

static void set_count(struct machine *m, uint32_t count)
{
    m->state.mcu.iwdg.count = count;
    m->state.mcu.iwdg.counted_at = m->state.ticks;
}

/* Clocks until the count ends; 0 when it has. */
static uint64_t left(const struct machine *m)
{
    const struct iwdg *iwdg = &m->state.mcu.iwdg;
    uint64_t gone = (m->state.ticks - iwdg->counted_at) / clock_ticks(m, iwdg->prescaler.value);
    return gone > iwdg->count ? 0 : iwdg->count + 1 - gone;
}

/* Updates that have their clock begin. */
static void begin_updates(struct machine *m)
{
    struct iwdg *iwdg = &m->state.mcu.iwdg;
    uint32_t slowest = iwdg->prescaler.value;
    if (iwdg->prescaler.busy && iwdg->prescaler.next > slowest)
        slowest = iwdg->prescaler.next;
    uint64_t done_at = m->state.ticks + UPDATE_CLOCKS * clock_ticks(m, slowest);
    if (!rcc_lsi_runs(m))
        return;
    if (iwdg->prescaler.busy && iwdg->prescaler.done_at == NEVER)
        iwdg->prescaler.done_at = done_at;
    if (iwdg->reload.busy && iwdg->reload.done_at == NEVER)
        iwdg->reload.done_at = done_at;
}

static void update(struct machine *m, struct iwdg_update *what, uint32_t value)
{
    if (!m->state.mcu.iwdg.unlocked || what->busy)
        return;
    what->next = value;
    what->busy = true;
    begin_updates(m);
}

static bool update_done(const struct machine *m, struct iwdg_update *what)
{
    if (what->done_at > m->state.ticks)
        return false;
    what->value = what->next;
    what->done_at = NEVER;
    what->busy = false;
    return true;
}

static void start(struct machine *m)
{
    if (m->state.mcu.iwdg.running)
        return;
    m->state.mcu.iwdg.running = true;
    rcc_force_lsi(m);
    set_count(m, m->state.mcu.iwdg.reload.value);
    begin_updates(m);
}

static void iwdg_event(struct machine *m, unsigned slot)
{
    struct iwdg *iwdg = &m->state.mcu.iwdg;
    uint64_t clocks = left(m);
    (void)slot;
    if (iwdg->running && clocks == 0) {
        rcc_reset_chip(m, RESET_IWDG);
        return;
    }
    update_done(m, &iwdg->reload);
    if (update_done(m, &iwdg->prescaler))
        set_count(m, (uint32_t)clocks - 1); /* the count goes on at the new rate */
    schedule(m);
}

static void write_key(struct machine *m, uint32_t key)
{
    struct iwdg *iwdg = &m->state.mcu.iwdg;
    iwdg->unlocked = key == KEY_UNLOCK;
    if (key == KEY_START)
        start(m);
    else if (key == KEY_RELOAD)
        set_count(m, iwdg->reload.value);
}

static uint32_t iwdg_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct iwdg *iwdg = &m->state.mcu.iwdg;
    if (size == 4)
        switch (offset) {
        case KR: return 0;
        case PR: return iwdg->prescaler.value;
        case RLR: return iwdg->reload.value;
        case SR: return (iwdg->prescaler.busy ? PVU : 0) | (iwdg->reload.busy ? RVU : 0);
        }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void iwdg_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct iwdg *iwdg = &m->state.mcu.iwdg;
    if (size == 4 && offset == KR && value <= 0xFFFF)
        write_key(m, value);
    else if (size == 4 && offset == PR && !(value & ~(uint32_t)PR_MASK))
        update(m, &iwdg->prescaler, value);
    else if (size == 4 && offset == RLR && value <= RELOAD_AT_RESET)
        update(m, &iwdg->reload, value);
    else if (size != 4 || offset != SR) /* SR is read only */
        peripheral_unmodelled(m, slot, offset, size, true);
    schedule(m);
}

static void iwdg_reset(struct machine *m, unsigned slot)
{
    m->state.mcu.iwdg = (struct iwdg){
        .prescaler.done_at = NEVER, .reload = {.value = RELOAD_AT_RESET, .done_at = NEVER}};
    if (!(flash_options(m) & OPTION_IWDG_SW))
        start(m);
    schedule(m);
    (void)slot;
}

const struct peripheral IWDG = {0x40003000, 0x400, iwdg_read, iwdg_write, iwdg_event, iwdg_reset, NULL};
