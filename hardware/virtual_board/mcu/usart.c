/* USART1, asynchronous, without DMA.
 *
 * Registers: Puya's py32f003x6.h and SVD; behaviour as ST RM0008, 27.3, whose cell it is (?).
 * Assumed: whoever sends to the receiver uses the receiver's frame (data bits, parity), so that PE never comes. A byte whose
 * bits are more than TOLERANCE off is read where this receiver would sample it, and has a framing error. IDLE is seen a frame
 * late, because a byte is known here only when it is whole.
 */
#include "machine.h"

enum { SR = 0x00, DR = 0x04, BRR = 0x08, CR1 = 0x0C, CR2 = 0x10, CR3 = 0x14 };

enum {
    SR_PE = 1 << 0,
    SR_FE = 1 << 1,
    SR_NE = 1 << 2,
    SR_ORE = 1 << 3,
    SR_IDLE = 1 << 4,
    SR_RXNE = 1 << 5,
    SR_TC = 1 << 6,
    SR_TXE = 1 << 7,
    SR_ABRRQ = 1 << 12
};
enum { SR_AT_RESET = SR_TXE | SR_TC, SR_BY_READING = SR_PE | SR_FE | SR_NE | SR_ORE | SR_IDLE };
enum {
    CR1_RE = 1 << 2,
    CR1_TE = 1 << 3,
    CR1_IDLEIE = 1 << 4,
    CR1_RXNEIE = 1 << 5,
    CR1_TCIE = 1 << 6,
    CR1_TXEIE = 1 << 7,
    CR1_PEIE = 1 << 8,
    CR1_PS = 1 << 9,
    CR1_PCE = 1 << 10,
    CR1_WAKE = 1 << 11,
    CR1_M = 1 << 12,
    CR1_UE = 1 << 13
};
enum { CR2_STOP = 12, CR3_EIE = 1 << 0, CR3_OVER8 = 1 << 11 };
enum { IRQ = 27, BRR_LEAST = 16 };
enum { TOLERANCE_PERCENT = 4 }; /* RM0008, table 198: 3.75 to 4.375 % */

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

/* Frame ---------------------------------------------------------------------------------------- */

static unsigned data_bits(const struct usart *u) /* parity among them */
{
    return u->cr1 & CR1_M ? 9 : 8;
}

static uint32_t bit_ticks(const struct machine *m)
{
    const struct usart *u = &m->state.mcu.usart;
    uint32_t cycles = u->cr3 & CR3_OVER8 ? (u->brr >> 4) * 8 + (u->brr & 7) : u->brr;
    return cycles * rcc_pclk_ticks(m);
}

static uint64_t frame_ticks(const struct machine *m)
{
    static const uint8_t STOP_HALF_BITS[] = {2, 1, 4, 3};
    const struct usart *u = &m->state.mcu.usart;
    unsigned half_bits = 2 * (1 + data_bits(u)) + STOP_HALF_BITS[u->cr2 >> CR2_STOP & 3];
    return (uint64_t)half_bits * bit_ticks(m) / 2;
}

/* The data without parity; the rest of what was written to DR is not sent. */
static uint32_t payload(const struct usart *u, uint32_t value)
{
    unsigned bits = data_bits(u) - (u->cr1 & CR1_PCE ? 1 : 0);
    return value & ((1u << bits) - 1);
}

/* As DR shows it: parity stands in the highest bit. */
static uint32_t with_parity(const struct usart *u, uint32_t value)
{
    uint32_t data = payload(u, value);
    uint32_t odd = (uint32_t)__builtin_popcount(data) & 1;
    if (!(u->cr1 & CR1_PCE))
        return data;
    return data | (u->cr1 & CR1_PS ? !odd : odd) << (data_bits(u) - 1);
}

static bool enabled(const struct usart *u, uint32_t direction)
{
    return u->cr1 & CR1_UE && u->cr1 & direction;
}

bool usart_drives_tx(const struct machine *m)
{
    return enabled(&m->state.mcu.usart, CR1_TE);
}

static void update(struct machine *m)
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

/* Transmitter ---------------------------------------------------------------------------------- */

static void begin_frame(struct machine *m, enum frame frame)
{
    struct usart *u = &m->state.mcu.usart;
    u->frame = frame;
    u->bit_ticks = bit_ticks(m);
    u->frame_end = m->state.ticks + frame_ticks(m);
}

static void send_next(struct machine *m)
{
    struct usart *u = &m->state.mcu.usart;
    if (u->frame != FRAME_NONE || u->sr & SR_TXE || !enabled(u, CR1_TE))
        return;
    u->shifted = payload(u, u->holding);
    u->sr |= SR_TXE;
    begin_frame(m, FRAME_DATA);
}

static void end_frame(struct machine *m)
{
    struct usart *u = &m->state.mcu.usart;
    enum frame ended = u->frame;
    uint32_t byte = u->shifted, ticks = u->bit_ticks;
    u->frame = FRAME_NONE;
    u->frame_end = NEVER;
    send_next(m);
    if (ended == FRAME_DATA && u->frame == FRAME_NONE)
        u->sr |= SR_TC;
    update(m);
    if (ended == FRAME_DATA && m->outside.sent)
        m->outside.sent(m, byte, ticks);
}

static void write_data(struct machine *m, unsigned slot, uint32_t value)
{
    struct usart *u = &m->state.mcu.usart;
    if (enabled(u, CR1_TE) && u->brr < BRR_LEAST)
        peripheral_unmodelled(m, slot, DR, 4, true); /* no baud rate */
    u->holding = value;
    u->sr &= ~(uint32_t)(SR_TXE | (u->seen & (SR_TC | SR_PE)));
    u->seen = 0;
    send_next(m);
}

/* Receiver ------------------------------------------------------------------------------------- */

/* What this receiver reads in the middle of its bits while another's bits have this length. */
static uint32_t sampled(const struct usart *u, uint32_t value, uint64_t theirs, uint64_t ours)
{
    unsigned bits = data_bits(u);
    uint64_t line = (uint64_t)value << 1 | ~0ull << (bits + 1); /* start, data, then high */
    uint32_t read = 0;
    for (unsigned bit = 0; bit < bits; bit++) {
        uint64_t place = (2 * bit + 3) * ours / (2 * theirs);
        read |= (uint32_t)(place > 63 || line >> place & 1) << bit;
    }
    return read;
}

static bool listens(const struct machine *m)
{
    return enabled(&m->state.mcu.usart, CR1_RE) && mcu_clocked(m, SLOT_USART1) && !pwr_stopped(m) && bit_ticks(m);
}

void mcu_usart_receive(struct machine *m, unsigned byte, uint32_t theirs, int framing_error)
{
    struct usart *u = &m->state.mcu.usart;
    uint32_t ours = bit_ticks(m), value = with_parity(u, byte);
    uint64_t difference = theirs > ours ? theirs - ours : ours - theirs;
    bool damaged = theirs && difference * 100 > (uint64_t)ours * TOLERANCE_PERCENT;
    if (!listens(m))
        return;
    if (u->sr & SR_RXNE) {
        u->sr |= SR_ORE; /* the byte in DR stays, this one is lost */
    } else {
        u->received = damaged ? sampled(u, value, theirs, ours) : value;
        u->sr |= SR_RXNE | (damaged || framing_error ? SR_FE : 0);
    }
    u->silent_from = m->state.ticks + 2 * frame_ticks(m);
    update(m);
}

static uint32_t read_data(struct usart *u)
{
    u->sr &= ~(uint32_t)(SR_RXNE | (u->seen & SR_BY_READING));
    u->seen &= SR_TC; /* reading DR is no step of clearing TC */
    return u->received;
}

/* Registers and events ------------------------------------------------------------------------- */

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
        value = read_data(u);
    update(m);
    return value;
}

static void write_control1(struct machine *m, uint32_t value)
{
    struct usart *u = &m->state.mcu.usart;
    bool sent = enabled(u, CR1_TE);
    u->cr1 = value;
    if (!enabled(u, CR1_RE))
        u->silent_from = NEVER;
    if (!sent && enabled(u, CR1_TE) && u->frame == FRAME_NONE)
        begin_frame(m, FRAME_IDLE); /* the transmitter begins with a frame of idle line */
    if (sent != enabled(u, CR1_TE))
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
    case DR: write_data(m, slot, value); break;
    case CR1: write_control1(m, value); break;
    default: *reg = value;
    }
    update(m);
}

static void usart_event(struct machine *m, unsigned slot)
{
    struct usart *u = &m->state.mcu.usart;
    if (!mcu_clocked(m, slot)) { /* what is under way stands still: look again after a bit */
        postpone(&u->frame_end, u->bit_ticks + 1);
        postpone(&u->silent_from, u->bit_ticks + 1);
        update(m);
        return;
    }
    if (u->silent_from <= m->state.ticks) {
        u->silent_from = NEVER;
        u->sr |= SR_IDLE;
    }
    if (u->frame_end <= m->state.ticks)
        end_frame(m);
    else
        update(m);
}

static void usart_reset(struct machine *m, unsigned slot)
{
    (void)slot;
    m->state.mcu.usart = (struct usart){.sr = SR_AT_RESET, .frame_end = NEVER, .silent_from = NEVER, .stopped_at = NEVER};
    update(m);
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
        update(m);
    }
}

const struct peripheral USART1 = {0x40013800, 0x400, usart_read, usart_write, usart_event, usart_reset, usart_sleep};
