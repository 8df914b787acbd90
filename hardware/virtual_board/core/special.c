/* Special registers: the program status register, stack pointers, PRIMASK, CONTROL (ARMv6-M ARM, B5.2). */

#include "machine.h"

enum { SYSM_MSP = 8, SYSM_PSP = 9, SYSM_PRIMASK = 16, SYSM_CONTROL = 20, CONTROL_SPSEL = 2 };

static uint32_t apsr_read(const struct state *s)
{
    return (s->negative & 1u << 31) | (uint32_t)(s->zero == 0) << 30 | s->carry << 29 | s->overflow << 28;
}

uint32_t xpsr_read(const struct state *s)
{
    return apsr_read(s) | s->thumb << 24 | s->exception;
}

void flags_write(struct state *s, uint32_t apsr)
{
    s->negative = apsr;
    s->zero = !(apsr >> 30 & 1);
    s->carry = apsr >> 29 & 1;
    s->overflow = apsr >> 28 & 1;
}

static bool sp_is(const struct state *s, unsigned sysm)
{
    return (sysm == SYSM_PSP) == ((s->control & CONTROL_SPSEL) != 0);
}

uint32_t special_read(const struct state *s, unsigned sysm)
{
    if (sysm < 8) /* bit 2 leaves the flags out, bit 0 puts the exception number in; EPSR reads as zero */
        return (sysm & 4 ? 0 : apsr_read(s)) | (sysm & 1 ? s->exception : 0);
    switch (sysm) {
    case SYSM_MSP:
    case SYSM_PSP: return sp_is(s, sysm) ? s->r[SP] : s->other_sp;
    case SYSM_PRIMASK: return s->primask;
    case SYSM_CONTROL: return s->control;
    }
    return 0;
}

static void control_write(struct state *s, uint32_t value)
{
    if (s->exception || !((value ^ s->control) & CONTROL_SPSEL))
        return; /* handlers use the main stack; without the unprivileged extension nothing else can be written */
    uint32_t selected = s->other_sp;
    s->other_sp = s->r[SP];
    s->r[SP] = selected;
    s->control ^= CONTROL_SPSEL;
}

void special_write(struct state *s, unsigned sysm, uint32_t value)
{
    if (sysm < 4)
        flags_write(s, value);
    switch (sysm) {
    case SYSM_MSP:
    case SYSM_PSP: *(sp_is(s, sysm) ? &s->r[SP] : &s->other_sp) = value & ~3u; break;
    case SYSM_PRIMASK: s->primask = value & 1; break;
    case SYSM_CONTROL: control_write(s, value); break;
    }
    attend_soon(s);
}
