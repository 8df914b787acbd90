/* The run loop: what happens between instructions, sleep, faults and stops. */

#include "exceptions.h"
#include "systick.h"

#define SCR_SLEEPDEEP 4u

_Noreturn void raise_fault(struct machine *m, enum fault cause, uint32_t address)
{
    struct state *s = &m->state;
    s->trap = (struct trap){.cause = cause, .address = address, .pc = s->r[PC]};
    s->faulted = true;
    longjmp(m->abort, 1);
}

_Noreturn void stop_at_access(struct machine *m, enum stop reason, uint32_t address, unsigned size, bool write)
{
    struct state *s = &m->state;
    s->trap = (struct trap){.address = address, .pc = s->r[PC], .size = size, .write = write};
    s->stop = reason;
    longjmp(m->abort, 1);
}

void machine_stop(struct machine *m, int reason)
{
    m->state.stop = (enum stop)reason;
    attend_soon(&m->state);
}

static uint64_t next_event(const struct machine *m)
{
    uint64_t next = m->state.systick.zero_at;
    for (unsigned slot = 0; slot < m->peripheral_count; slot++)
        if (m->state.event_at[slot] < next)
            next = m->state.event_at[slot];
    return next;
}

void run_due_events(struct machine *m)
{
    struct state *s = &m->state;
    if (s->systick.zero_at <= s->ticks)
        systick_event(s);
    for (unsigned slot = 0; slot < m->peripheral_count; slot++)
        if (s->event_at[slot] <= s->ticks) {
            s->event_at[slot] = NEVER;
            m->peripherals[slot].event(m, slot);
        }
}

static void lock_up(struct state *s)
{
    s->locked_up = true;
    s->stop = STOP_LOCKUP;
}

static void take_fault(struct machine *m)
{
    struct state *s = &m->state;
    s->faulted = false;
    if (s->entering || handled_priority(s) < 0) {
        lock_up(s);
        return;
    }
    exception_pend(s, EXCEPTION_HARDFAULT);
    exception_enter(m);
}

/* Sleep ---------------------------------------------------------------------------------------- */

static bool wakes(struct state *s)
{
    unsigned exception = first_pending(s);
    if (s->sleep == SLEEP_WFE && s->event) {
        s->event = false;
        return true;
    }
    if (s->sleep == SLEEP_WFE)
        return preempting(s);
    return exception && exception_priority(s, exception) < handled_priority(s); /* whatever PRIMASK is */
}

static void tell_sleep(struct machine *m, bool asleep)
{
    bool deep = m->state.scr & SCR_SLEEPDEEP;
    m->state.told_asleep = asleep;
    if (deep && asleep)
        systick_halt(&m->state);
    for (unsigned slot = 0; slot < m->peripheral_count; slot++)
        if (m->peripherals[slot].sleep)
            m->peripherals[slot].sleep(m, slot, asleep, deep);
    if (deep && !asleep)
        systick_go_on(&m->state);
}

/* Let time jump to the next event, to the limit at most. */
static void pass_time(struct machine *m)
{
    struct state *s = &m->state;
    uint64_t next = next_event(m);
    if (next > s->limit)
        next = s->limit;
    if (next > s->ticks)
        s->ticks = next;
    run_due_events(m);
}

/* Sleep, if asleep, until something wakes the core; false when the run is over before. */
static bool awake(struct machine *m)
{
    struct state *s = &m->state;
    uint64_t start = s->ticks;
    if (s->sleep == AWAKE)
        return true;
    while (!wakes(s)) {
        if (!s->told_asleep)
            tell_sleep(m, true);
        if (s->ticks >= s->limit && !s->stop)
            s->stop = next_event(m) == NEVER ? STOP_ASLEEP : STOP_TIME;
        if (s->stop)
            break;
        pass_time(m);
    }
    s->sleep_ticks += s->ticks - start;
    if (s->stop)
        return false;
    s->sleep = AWAKE;
    if (s->told_asleep)
        tell_sleep(m, false);
    return true;
}

/* No instruction is executed, and nothing can wake the core: only time passes. */
static void stay_put(struct machine *m, enum stop at_limit)
{
    uint64_t start = m->state.ticks;
    pass_time(m);
    m->state.sleep_ticks += m->state.ticks - start;
    if (m->state.ticks >= m->state.limit && !m->state.stop)
        m->state.stop = at_limit;
}

/* Between instructions ------------------------------------------------------------------------- */

/* True when instructions are to be executed, until the deadline. */
static bool attend(struct machine *m)
{
    struct state *s = &m->state;
    if (s->faulted) {
        take_fault(m);
        return false;
    }
    if (s->held || s->locked_up) {
        stay_put(m, s->held ? STOP_TIME : STOP_LOCKUP);
        return false;
    }
    run_due_events(m);
    if (s->stop || !awake(m))
        return false;
    if (preempting(s))
        exception_enter(m);
    if (s->ticks >= s->limit) {
        s->stop = STOP_TIME;
        return false;
    }
    if (!s->thumb)
        raise_fault(m, FAULT_STATE, s->r[PC]);
    s->deadline = next_event(m) < s->limit ? next_event(m) : s->limit;
    return true;
}

/* Returns at a stop, and after a fault, which leaves the instruction by longjmp. */
static void run_until_fault(struct machine *m)
{
    if (setjmp(m->abort))
        return;
    while (!m->state.stop)
        if (attend(m))
            execute(m);
}

int machine_run(struct machine *m, uint64_t until_ticks)
{
    m->state.limit = until_ticks;
    m->state.stop = STOP_NONE;
    while (!m->state.stop)
        run_until_fault(m);
    return (int)m->state.stop;
}
