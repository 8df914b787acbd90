/* Interrupt and event lines: 0 to 15 from port pins, 29 straight from LPTIM.
 *
 * Registers: Puya's py32f003x6.h and SVD. What the vendor's files leave open is taken from ST's cell (RM0091, 11.2): an edge
 * on a line sets its pending bit only if IMR lets it through, and an event only if EMR does (?). Lines 16 to 18 (voltage
 * detector, comparators) have no model; line 19 (RTC) never has an edge.
 */
#include "machine.h"

enum { RTSR = 0x00, FTSR = 0x04, SWIER = 0x08, PR = 0x0C, EXTICR1 = 0x60, EXTICR2 = 0x64, EXTICR3 = 0x68,
       IMR = 0x80, EMR = 0x84 };

#define IMR_AT_RESET 0xFFF80000u
#define IMR_RESERVED 0xDFF00000u /* these stay set */
enum { PIN_LINES = 0xFFFF, LINE_RTC = 1 << 19, LINE_LPTIM = 1 << 29 };

/* Lines with a choice: 0 to 4 of three ports, 5 to 8 of A and B; above there is port A only. */
static const uint32_t EXTICR_FIELDS[3] = {0x03030303, 0x01010103, 0x00000001};

static const struct {
    uint32_t lines, irq;
} GROUPS[] = {{0x0003, 5}, {0x000C, 6}, {0xFFF0, 7}};

static void set_interrupts(struct machine *m)
{
    const struct exti *e = &m->state.mcu.exti;
    for (size_t i = 0; i < sizeof GROUPS / sizeof *GROUPS; i++)
        irq_set(m, GROUPS[i].irq, (e->pr & e->imr & GROUPS[i].lines) != 0);
}

static void trigger(struct machine *m, uint32_t lines)
{
    struct exti *e = &m->state.mcu.exti;
    e->pr |= lines & e->imr & PIN_LINES;
    set_interrupts(m);
    if (lines & e->emr) {
        m->state.event = true;
        attend_soon(&m->state);
    }
}

static unsigned selected_port(const struct exti *e, unsigned line)
{
    return line < 12 ? e->exticr[line / 4] >> 8 * (line % 4) & 3 : PORT_A;
}

void exti_set_line(struct machine *m, unsigned line, bool level)
{
    struct exti *e = &m->state.mcu.exti;
    uint32_t bit = 1u << line, edges = level ? e->rtsr : e->ftsr;
    if (line >= PORT_PINS)
        edges = level ? bit : 0; /* a direct line: no choice of edge, no pending bit */
    if (level == (bool)(e->levels & bit))
        return;
    e->levels ^= bit;
    if (edges & bit)
        trigger(m, bit);
}

void exti_pin_changed(struct machine *m, unsigned port, unsigned bit, bool level)
{
    if (selected_port(&m->state.mcu.exti, bit) == port)
        exti_set_line(m, bit, level);
}

bool exti_unmasked(const struct machine *m, unsigned line)
{
    return m->state.mcu.exti.imr >> line & 1;
}

static void follow_pins(struct machine *m)
{
    for (unsigned line = 0; line < PORT_PINS; line++) {
        unsigned port = selected_port(&m->state.mcu.exti, line);
        exti_set_line(m, line, port < PORTS && gpio_level(m, (enum port)port, line));
    }
}

static uint32_t *register_at(struct exti *e, uint32_t offset)
{
    switch (offset) {
    case RTSR: return &e->rtsr;
    case FTSR: return &e->ftsr;
    case SWIER: return &e->swier;
    case PR: return &e->pr;
    case EXTICR1:
    case EXTICR2:
    case EXTICR3: return &e->exticr[(offset - EXTICR1) / 4];
    case IMR: return &e->imr;
    case EMR: return &e->emr;
    }
    return NULL;
}

static uint32_t writable(uint32_t offset)
{
    switch (offset) {
    case EXTICR1:
    case EXTICR2:
    case EXTICR3: return EXTICR_FIELDS[(offset - EXTICR1) / 4];
    case IMR: return PIN_LINES | IMR_AT_RESET;
    case EMR: return PIN_LINES | LINE_RTC | LINE_LPTIM;
    }
    return PIN_LINES;
}

static uint32_t exti_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const uint32_t *reg = register_at(&m->state.mcu.exti, offset & ~3u);
    if (!reg)
        peripheral_unmodelled(m, slot, offset, size, false);
    return *reg >> 8 * (offset & 3);
}

static void exti_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct exti *e = &m->state.mcu.exti;
    uint32_t *reg = register_at(e, offset), before;
    if (!reg || size != 4 || value & ~writable(offset))
        peripheral_unmodelled(m, slot, offset, size, true);
    before = *reg;
    switch (offset) {
    case PR: /* write one to clear, a software request too */
        e->pr &= ~value;
        e->swier &= ~value;
        break;
    case SWIER:
        e->swier |= value;
        trigger(m, value & ~before);
        break;
    case IMR: e->imr = value | IMR_RESERVED; break;
    default: *reg = value;
    }
    if (offset >= EXTICR1 && offset <= EXTICR3)
        follow_pins(m);
    set_interrupts(m);
}

static void exti_reset(struct machine *m, unsigned slot)
{
    struct exti *e = &m->state.mcu.exti;
    (void)slot;
    *e = (struct exti){.imr = IMR_AT_RESET, .levels = e->levels & ~(uint32_t)PIN_LINES};
    follow_pins(m);
    set_interrupts(m);
}

const struct peripheral EXTI = {0x40021800, 0x400, exti_read, exti_write, NULL, exti_reset, NULL};
