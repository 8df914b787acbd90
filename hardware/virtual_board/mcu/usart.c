/* USART1, asynchronous, without DMA: registers, flags, interrupt. What goes over the line is in usart_frame.c.
 *
 * Registers: Puya's py32f003x6.h and SVD; behaviour as ST RM0008, 27.3, whose cell it is (?).
 */
#include "usart_internal.h"

enum { SR = 0x00, DR = 0x04, BRR = 0x08, CR1 = 0x0C, CR2 = 0x10, CR3 = 0x14 };
enum { SR_AT_RESET = SR_TXE | SR_TC, IRQ = 27 };

/* Bits that the model has; no break, mute mode, synchronous clock, LIN, IrDA, half duplex, flow control, DMA, auto baud. */
static uint32_t writable(uint32_t offset)
{
    switch (offset) {
    case SR: return 0xFFFFFFFF & ~(uint32_t)SR_ABRRQ;
    case DR: return 0x1FF;
    case BRR: return 0xFFFF;
    case CR1: return 0x3FFC;
    case CR2: return 3 << CR2_STOP;
    case CR3: return CR3_EIE | CR3_OVER8;
    }
    return 0;
}

static uint32_t *register_at(struct usart *u, uint32_t offset)
{
    switch (offset) {
    case SR: return &u->sr;
    case DR: return &u->received;
    case BRR: return &u->brr;
    case CR1: return &u->cr1;
    case CR2: return &u->cr2;
    case CR3: return &u->cr3;
    }
    return NULL;
}

void usart_update(struct machine *m)
{
    const struct usart *u = &m->state.mcu.usart;
    uint32_t causes = u->sr & (SR_TXE | SR_TC | SR_RXNE | SR_IDLE | SR_PE);
    uint32_t allowed = u->cr1 & (CR1_TXEIE | CR1_TCIE | CR1_RXNEIE | CR1_IDLEIE); /* at the places of the flags */
    if (u->sr & SR_ORE)
        causes |= SR_RXNE;
    if (u->cr1 & CR1_PEIE)
        allowed |= SR_PE;
    irq_set(m, IRQ, (causes & allowed) != 0); /* FE and NE interrupt with DMA only */
    peripheral_schedule(m, SLOT_USART1, u->frame_end < u->silent_from ? u->frame_end : u->silent_from);
}

static uint32_t usart_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    struct usart *u = &m->state.mcu.usart;
    const uint32_t *reg = register_at(u, offset);
    uint32_t value;
    if (!reg)
        peripheral_unmodelled(m, slot, offset, size, false);
    value = *reg;
    if (offset == SR)
        u->seen = value;
    if (offset == DR)
        value = usart_data_read(u);
    usart_update(m);
    return value;
}

static void write_control1(struct machine *m, uint32_t value)
{
    struct usart *u = &m->state.mcu.usart;
    bool sent = usart_enabled(u, CR1_TE);
    u->cr1 = value;
    if (!usart_enabled(u, CR1_RE))
        u->silent_from = NEVER;
    if (!sent && usart_enabled(u, CR1_TE))
        usart_begin_idle_frame(m);
    if (sent != usart_enabled(u, CR1_TE))
        gpio_functions_changed(m);
}

static void usart_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct usart *u = &m->state.mcu.usart;
    uint32_t *reg = register_at(u, offset);
    if (!reg || size == 1 || value & ~writable(offset)) /* the bus has no byte writes */
        peripheral_unmodelled(m, slot, offset, size, true);
    switch (offset) {
    case SR: u->sr &= value | ~(uint32_t)(SR_RXNE | SR_TC); break; /* write zero to clear */
    case DR: peripheral_demand(m, slot, DR, usart_data_written(m, value)); break;
    case CR1: write_control1(m, value); break;
    default: *reg = value;
    }
    usart_update(m);
}

static void usart_event(struct machine *m, unsigned slot)
{
    struct usart *u = &m->state.mcu.usart;
    if (!mcu_clocked(m, slot)) { /* what is under way stands still: look again after a bit */
        postpone(&u->frame_end, u->bit_ticks + 1);
        postpone(&u->silent_from, u->bit_ticks + 1);
        usart_update(m);
        return;
    }
    if (u->silent_from <= m->state.ticks) {
        u->silent_from = NEVER;
        u->sr |= SR_IDLE;
    }
    if (u->frame_end <= m->state.ticks)
        usart_end_frame(m);
    else
        usart_update(m);
}

static void usart_reset(struct machine *m, unsigned slot)
{
    (void)slot;
    m->state.mcu.usart = (struct usart){.sr = SR_AT_RESET, .frame_end = NEVER, .silent_from = NEVER, .stopped_at = NEVER};
    usart_update(m);
    gpio_functions_changed(m);
}

/* In STOP a frame stands still where it is. */
static void usart_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct usart *u = &m->state.mcu.usart;
    if (asleep && deep) {
        u->stopped_at = m->state.ticks;
        peripheral_schedule(m, slot, NEVER);
    } else if (!asleep && u->stopped_at != NEVER) {
        postpone(&u->frame_end, m->state.ticks - u->stopped_at);
        postpone(&u->silent_from, m->state.ticks - u->stopped_at);
        u->stopped_at = NEVER;
        usart_update(m);
    }
}

const struct peripheral USART1 = {0x40013800, 0x400, usart_read, usart_write, usart_event, usart_reset, usart_sleep};
