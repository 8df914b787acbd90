/* System control space: SysTick, NVIC and SCB registers (ARMv6-M ARM, B3.2 to B3.4).
 *
 * Words only: what smaller accesses do is unpredictable, so they stop the machine. So does the debug hardware around it.
 */
#include "system_control.h"

#include "exceptions.h"
#include "systick.h"

#define SYSTICK 0xE000E010u
#define NVIC_ISER 0xE000E100u
#define NVIC_ICER 0xE000E180u
#define NVIC_ISPR 0xE000E200u
#define NVIC_ICPR 0xE000E280u
#define NVIC_IPR 0xE000E400u
#define CPUID 0xE000ED00u
#define ICSR 0xE000ED04u
#define VTOR 0xE000ED08u
#define AIRCR 0xE000ED0Cu
#define SCR 0xE000ED10u
#define CCR 0xE000ED14u
#define SHPR2 0xE000ED1Cu
#define SHPR3 0xE000ED20u
#define SHCSR 0xE000ED24u

#define CPUID_VALUE 0x410CC601u /* Cortex-M0+ r0p1 */
#define CCR_VALUE 0x00000208u   /* STKALIGN, UNALIGN_TRP */
#define AIRCR_KEY 0x05FAu
#define AIRCR_READS 0xFA050000u
#define AIRCR_SYSRESETREQ (1u << 2)
#define ICSR_NMIPENDSET (1u << 31)
#define ICSR_PENDSVSET (1u << 28)
#define ICSR_PENDSVCLR (1u << 27)
#define ICSR_PENDSTSET (1u << 26)
#define ICSR_PENDSTCLR (1u << 25)
#define ICSR_ISRPENDING (1u << 22)
#define SCR_BITS 0x16u     /* SEVONPEND, SLEEPDEEP, SLEEPONEXIT */
#define VTOR_BITS 0xFFFFFF00u
#define PRIORITY_BITS 0xC0u /* two bits */

static bool is_pending(const struct state *s, unsigned exception)
{
    return s->pending >> exception & 1;
}

static uint32_t icsr_read(const struct state *s)
{
    return s->exception | first_pending(s) << 12 | (s->pending >> EXCEPTION_IRQ0 ? ICSR_ISRPENDING : 0) |
           (is_pending(s, EXCEPTION_SYSTICK) ? ICSR_PENDSTSET : 0) | (is_pending(s, EXCEPTION_PENDSV) ? ICSR_PENDSVSET : 0) |
           (is_pending(s, EXCEPTION_NMI) ? ICSR_NMIPENDSET : 0);
}

static void icsr_write(struct state *s, uint32_t value)
{
    if (value & ICSR_NMIPENDSET)
        exception_pend(s, EXCEPTION_NMI);
    if (value & ICSR_PENDSVSET)
        exception_pend(s, EXCEPTION_PENDSV);
    else if (value & ICSR_PENDSVCLR)
        s->pending &= ~(1ull << EXCEPTION_PENDSV);
    if (value & ICSR_PENDSTSET)
        exception_pend(s, EXCEPTION_SYSTICK);
    else if (value & ICSR_PENDSTCLR)
        s->pending &= ~(1ull << EXCEPTION_SYSTICK);
}

/* Four priorities to a register, the first in the lowest byte. */
static uint32_t priorities_read(const struct state *s, unsigned first)
{
    return s->priority[first] | (uint32_t)s->priority[first + 1] << 8 | (uint32_t)s->priority[first + 2] << 16 |
           (uint32_t)s->priority[first + 3] << 24;
}

static void priorities_write(struct state *s, unsigned first, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        s->priority[first + i] = value >> 8 * i & PRIORITY_BITS;
}

uint32_t system_control_read(struct machine *m, uint32_t address, unsigned size)
{
    struct state *s = &m->state;
    if (size != 4)
        stop_at_access(m, STOP_UNMODELLED, address, size, false);
    if (address - SYSTICK < 16)
        return systick_read(s, address - SYSTICK);
    if (address - NVIC_IPR < 32)
        return priorities_read(s, EXCEPTION_IRQ0 + (address - NVIC_IPR));
    switch (address) {
    case NVIC_ISER:
    case NVIC_ICER: return (uint32_t)(s->enabled >> EXCEPTION_IRQ0);
    case NVIC_ISPR:
    case NVIC_ICPR: return (uint32_t)(s->pending >> EXCEPTION_IRQ0);
    case CPUID: return CPUID_VALUE;
    case ICSR: return icsr_read(s);
    case VTOR: return s->vtor;
    case AIRCR: return AIRCR_READS;
    case SCR: return s->scr;
    case CCR: return CCR_VALUE;
    case SHPR2: return priorities_read(s, 8) & 0xFF000000;
    case SHPR3: return priorities_read(s, 12) & 0xFFFF0000;
    case SHCSR: return (uint32_t)is_pending(s, EXCEPTION_SVCALL) << 15;
    }
    stop_at_access(m, STOP_UNMODELLED, address, size, false);
}

void system_control_write(struct machine *m, uint32_t address, unsigned size, uint32_t value)
{
    struct state *s = &m->state;
    uint64_t irqs = (uint64_t)value << EXCEPTION_IRQ0;
    if (size != 4)
        stop_at_access(m, STOP_UNMODELLED, address, size, true);
    attend_soon(s);
    if (address - SYSTICK < 16) {
        systick_write(s, address - SYSTICK, value);
        return;
    }
    if (address - NVIC_IPR < 32) {
        priorities_write(s, EXCEPTION_IRQ0 + (address - NVIC_IPR), value);
        return;
    }
    switch (address) {
    case NVIC_ISER: s->enabled |= irqs; return;
    case NVIC_ICER: s->enabled &= ~irqs; return;
    case NVIC_ISPR:
        for (unsigned line = 0; line < 32; line++)
            if (value >> line & 1)
                exception_pend(s, EXCEPTION_IRQ0 + line);
        return;
    case NVIC_ICPR: s->pending &= ~(irqs & ~((uint64_t)s->irq_level << EXCEPTION_IRQ0)); return;
    case ICSR: icsr_write(s, value); return;
    case VTOR: s->vtor = value & VTOR_BITS; return;
    case AIRCR:
        if (value >> 16 == AIRCR_KEY && value & AIRCR_SYSRESETREQ)
            s->stop = STOP_RESET;
        return;
    case SCR: s->scr = value & SCR_BITS; return;
    case SHPR2: priorities_write(s, 8, value & 0xFF000000); return;
    case SHPR3: priorities_write(s, 12, value & 0xFFFF0000); return;
    case CPUID:
    case CCR:
    case SHCSR: return; /* read only */
    }
    stop_at_access(m, STOP_UNMODELLED, address, size, true);
}
