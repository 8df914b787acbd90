/* Exceptions: which one is next, entry, return, tail-chaining (ARMv6-M ARM, B1.5). */

#include "exceptions.h"

#include "bus.h"

#define BIT(exception) (1ull << (exception))

/* EXC_RETURN (table B1-8) */
enum { RETURN_TO_HANDLER = 0x1, RETURN_TO_THREAD_MSP = 0x9, RETURN_TO_THREAD_PSP = 0xD };
#define EXC_RETURN 0xFFFFFFF0u

enum { FRAME_BYTES = 32, CONTROL_SPSEL = 2, SLEEP_ON_EXIT = 2 };
#define XPSR_ALIGNED (1u << 9) /* 4 bytes were left out to align the frame to 8 */

int exception_priority(const struct state *s, unsigned exception)
{
    if (exception == EXCEPTION_NMI)
        return PRIORITY_NMI;
    if (exception == EXCEPTION_HARDFAULT)
        return PRIORITY_HARDFAULT;
    return s->priority[exception];
}

/* Most urgent of a set; of equals the lowest number. */
static unsigned most_urgent(const struct state *s, uint64_t set)
{
    unsigned found = 0;
    int priority = PRIORITY_NONE;
    for (; set; set &= set - 1) {
        unsigned exception = (unsigned)__builtin_ctzll(set);
        if (exception_priority(s, exception) < priority) {
            priority = exception_priority(s, exception);
            found = exception;
        }
    }
    return found;
}

int handled_priority(const struct state *s)
{
    unsigned exception = most_urgent(s, s->active);
    return exception ? exception_priority(s, exception) : PRIORITY_NONE;
}

unsigned first_pending(const struct state *s)
{
    return most_urgent(s, s->pending & s->enabled);
}

unsigned preempting(const struct state *s)
{
    unsigned exception = first_pending(s);
    int running = handled_priority(s);
    if (s->primask && running > 0)
        running = 0;
    return exception && exception_priority(s, exception) < running ? exception : 0;
}

void exception_pend(struct state *s, unsigned exception)
{
    const uint32_t send_event_on_pending = 1u << 4; /* SCR.SEVONPEND */
    if (!(s->pending & BIT(exception)) && s->scr & send_event_on_pending)
        s->event = true;
    s->pending |= BIT(exception);
    attend_soon(s);
}

void irq_set(struct machine *m, unsigned line, int level)
{
    struct state *s = &m->state;
    uint32_t bit = 1u << line;
    if (level && !(s->irq_level & bit))
        exception_pend(s, EXCEPTION_IRQ0 + line);
    s->irq_level = level ? s->irq_level | bit : s->irq_level & ~bit;
}

void nmi_set(struct machine *m)
{
    exception_pend(&m->state, EXCEPTION_NMI);
}

static void push_frame(struct machine *m)
{
    struct state *s = &m->state;
    uint32_t unaligned = s->r[SP] & 4;
    uint32_t frame = (s->r[SP] - FRAME_BYTES) & ~7u;
    const uint32_t words[] = {s->r[0], s->r[1], s->r[2], s->r[3], s->r[12], s->r[LR], s->r[PC],
                              xpsr_read(s) | (unaligned ? XPSR_ALIGNED : 0)};
    for (uint32_t i = 0; i < 8; i++)
        store(m, frame + 4 * i, 4, words[i]);
    s->r[SP] = frame;
}

/* Begin the handler. Its address is read last, as late as the core does. */
static void activate(struct machine *m, unsigned exception)
{
    struct state *s = &m->state;
    uint32_t vector = load(m, s->vtor + 4 * exception, 4);
    s->pending &= ~BIT(exception);
    s->active |= BIT(exception);
    s->exception = exception;
    s->thumb = vector & 1;
    s->r[PC] = vector & ~1u;
    s->next_pc = s->r[PC];
    s->event = true;
    attend_soon(s);
}

void exception_enter(struct machine *m)
{
    struct state *s = &m->state;
    bool was_thread = !s->exception, was_psp = s->control & CONTROL_SPSEL;
    s->entering = true;
    push_frame(m);
    if (was_psp) {
        uint32_t process_sp = s->r[SP];
        s->r[SP] = s->other_sp;
        s->other_sp = process_sp;
        s->control &= ~(uint32_t)CONTROL_SPSEL;
    }
    s->r[LR] = EXC_RETURN | (was_psp ? RETURN_TO_THREAD_PSP : was_thread ? RETURN_TO_THREAD_MSP : RETURN_TO_HANDLER);
    spend_cycles(s, ENTRY_CYCLES);
    run_due_events(m); /* a more urgent one that arrives while the frame is stacked is served first */
    activate(m, first_pending(s));
    s->entering = false;
}

static void deactivate(struct state *s)
{
    s->active &= ~BIT(s->exception);
    if (s->exception >= EXCEPTION_IRQ0 && s->irq_level >> (s->exception - EXCEPTION_IRQ0) & 1)
        exception_pend(s, s->exception); /* nobody lowered the line */
}

static bool return_is_valid(const struct state *s, uint32_t exc_return)
{
    bool nested = s->active & ~BIT(s->exception);
    switch (exc_return ^ EXC_RETURN) {
    case RETURN_TO_HANDLER: return nested;
    case RETURN_TO_THREAD_MSP:
    case RETURN_TO_THREAD_PSP: return !nested;
    }
    return false;
}

static void pop_frame(struct machine *m)
{
    struct state *s = &m->state;
    uint32_t frame = s->r[SP], words[8];
    for (uint32_t i = 0; i < 8; i++)
        words[i] = load(m, frame + 4 * i, 4);
    memcpy(s->r, words, 16);
    s->r[12] = words[4];
    s->r[LR] = words[5];
    s->next_pc = words[6] & ~1u;
    flags_write(s, words[7]);
    s->thumb = words[7] >> 24 & 1;
    s->exception = words[7] & 0x3F;
    s->r[SP] = frame + FRAME_BYTES + (words[7] & XPSR_ALIGNED ? 4 : 0);
}

void exception_return(struct machine *m, uint32_t exc_return)
{
    struct state *s = &m->state;
    if (!return_is_valid(s, exc_return))
        raise_fault(m, FAULT_STATE, exc_return);
    deactivate(s);
    run_due_events(m);
    if (preempting(s)) { /* tail-chaining: the frame stays where it is */
        s->r[LR] = exc_return;
        spend_cycles(s, TAIL_CHAIN_CYCLES);
        s->entering = true;
        activate(m, preempting(s));
        s->entering = false;
        return;
    }
    if (exc_return == (EXC_RETURN | RETURN_TO_THREAD_PSP)) {
        uint32_t main_sp = s->r[SP];
        s->r[SP] = s->other_sp;
        s->other_sp = main_sp;
        s->control |= CONTROL_SPSEL;
    }
    pop_frame(m);
    spend_cycles(s, EXIT_CYCLES);
    s->event = true;
    if (!s->exception && s->scr & SLEEP_ON_EXIT)
        s->sleep = SLEEP_WFI;
    attend_soon(s);
}
