/* What USART1 sends and receives: frames of start, data, parity and stop bits.
 *
 * Assumed: whoever sends to the receiver uses the receiver's frame (data bits, parity), so that PE never comes. A byte whose
 * bits are more than TOLERANCE off is read where this receiver would sample it, and has a framing error. IDLE is seen a frame
 * late, because a byte is known here only when it is whole.
 */
#include "usart_internal.h"

enum { BRR_LEAST = 16, SR_BY_READING = SR_PE | SR_FE | SR_NE | SR_ORE | SR_IDLE };
enum { TOLERANCE_PERCENT = 4 }; /* RM0008, table 198: 3.75 to 4.375 % */

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

bool usart_enabled(const struct usart *u, uint32_t direction)
{
    return u->cr1 & CR1_UE && u->cr1 & direction;
}

bool usart_drives_tx(const struct machine *m)
{
    return usart_enabled(&m->state.mcu.usart, CR1_TE);
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
    if (u->frame != FRAME_NONE || u->sr & SR_TXE || !usart_enabled(u, CR1_TE))
        return;
    u->shifted = payload(u, u->holding);
    u->sr |= SR_TXE;
    begin_frame(m, FRAME_DATA);
}

void usart_end_frame(struct machine *m)
{
    struct usart *u = &m->state.mcu.usart;
    enum frame ended = u->frame;
    uint32_t byte = u->shifted, ticks = u->bit_ticks;
    u->frame = FRAME_NONE;
    u->frame_end = NEVER;
    send_next(m);
    if (ended == FRAME_DATA && u->frame == FRAME_NONE)
        u->sr |= SR_TC;
    usart_update(m);
    if (ended == FRAME_DATA && m->outside.sent)
        m->outside.sent(m, byte, ticks);
}

void usart_begin_idle_frame(struct machine *m)
{
    if (m->state.mcu.usart.frame == FRAME_NONE)
        begin_frame(m, FRAME_IDLE);
}

bool usart_data_written(struct machine *m, uint32_t value)
{
    struct usart *u = &m->state.mcu.usart;
    if (usart_enabled(u, CR1_TE) && u->brr < BRR_LEAST)
        return false;
    u->holding = value;
    u->sr &= ~(uint32_t)(SR_TXE | (u->seen & (SR_TC | SR_PE)));
    u->seen = 0;
    send_next(m);
    return true;
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
    return usart_enabled(&m->state.mcu.usart, CR1_RE) && mcu_clocked(m, SLOT_USART1) && !pwr_stopped(m) && bit_ticks(m);
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
    usart_update(m);
}

uint32_t usart_data_read(struct usart *u)
{
    u->sr &= ~(uint32_t)(SR_RXNE | (u->seen & SR_BY_READING));
    u->seen &= SR_TC; /* reading DR is no step of clearing TC */
    return u->received;
}
