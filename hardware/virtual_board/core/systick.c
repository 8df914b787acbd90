/* SysTick (ARMv6-M ARM, B3.3). The count is not stepped: it follows from when it next reaches zero.
 *
 * The reference clock (CLKSOURCE = 0) is HCLK / 8, as the vendor's LL_SYSTICK_CLKSOURCE_HCLK_DIV8 has it.
 */
#include "systick.h"

#include "exceptions.h"

enum { CSR = 0x0, RVR = 0x4, CVR = 0x8, CALIB = 0xC };
enum { ENABLE = 1, TICKINT = 2, CLKSOURCE = 4, REFERENCE_DIVIDER = 8, COUNT_MASK = 0xFFFFFF };

static uint64_t step_ticks(const struct state *s)
{
    return (uint64_t)s->ticks_per_cycle * (s->systick.control & CLKSOURCE ? 1 : REFERENCE_DIVIDER);
}

static uint32_t count(const struct state *s)
{
    const struct systick *t = &s->systick;
    uint64_t left;
    if (t->zero_at == NEVER)
        return t->held;
    left = t->zero_at > s->ticks ? (t->zero_at - s->ticks + step_ticks(s) - 1) / step_ticks(s) : 0;
    return left > t->reload ? 0 : (uint32_t)left; /* before the first reload it still shows zero */
}

void systick_halt(struct state *s)
{
    s->systick.held = count(s);
    s->systick.zero_at = NEVER;
}

void systick_go_on(struct state *s)
{
    struct systick *t = &s->systick;
    uint64_t counts = t->held ? t->held : (uint64_t)t->reload + 1;
    if (t->control & ENABLE && (t->held || t->reload))
        t->zero_at = s->ticks + counts * step_ticks(s);
    attend_soon(s);
}

void systick_event(struct state *s)
{
    struct systick *t = &s->systick;
    uint64_t period = ((uint64_t)t->reload + 1) * step_ticks(s);
    t->counted = true;
    if (t->control & TICKINT)
        exception_pend(s, EXCEPTION_SYSTICK);
    if (t->reload == 0) {
        t->held = 0;
        t->zero_at = NEVER;
    } else {
        t->zero_at += period * ((s->ticks - t->zero_at) / period + 1);
    }
}

uint32_t systick_read(struct state *s, uint32_t offset)
{
    struct systick *t = &s->systick;
    uint32_t value;
    switch (offset) {
    case CSR:
        value = t->control | (uint32_t)t->counted << 16;
        t->counted = false;
        return value;
    case RVR: return t->reload;
    case CVR: return count(s);
    case CALIB: return 0; /* not given */
    }
    return 0;
}

void systick_write(struct state *s, uint32_t offset, uint32_t value)
{
    struct systick *t = &s->systick;
    switch (offset) {
    case CSR:
        systick_halt(s);
        t->control = value & (ENABLE | TICKINT | CLKSOURCE);
        systick_go_on(s);
        break;
    case RVR:
        t->reload = value & COUNT_MASK;
        if (t->zero_at == NEVER)
            systick_go_on(s);
        break;
    case CVR: /* any write clears */
        t->counted = false;
        systick_halt(s);
        t->held = 0;
        systick_go_on(s);
        break;
    }
}
