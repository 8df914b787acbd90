/* What I2C1 does on the bus as master: start, address, bytes both ways, stop.
 *
 * Behaviour: ST RM0008, 26.3.3, and AN2824, whose cell it is (?). DR and shift register are two places: reception goes on into
 * the shift register while DR is full, and then SCL is held. The slave is asked for a byte when that byte begins.
 * Times: SCL's period from CCR alone, the edges taken as steep; a start takes half a period, repeated start and stop a whole.
 * A line that the outside holds low is looked at once a phase: SCL low prolongs it; SDA low lets no start or stop happen, is
 * lost arbitration while a byte with a one in it is sent, and reads as zero.
 */
#include "i2c_internal.h"

enum { LINE_SCL = 1, LINE_SDA = 2, BYTE_BITS = 9 };

static unsigned lines(struct machine *m)
{
    return m->outside.i2c_lines ? m->outside.i2c_lines(m) : LINE_SCL | LINE_SDA;
}

bool i2c_lines_free(struct machine *m)
{
    return (lines(m) & (LINE_SCL | LINE_SDA)) == (LINE_SCL | LINE_SDA);
}

static uint64_t bit_ticks(const struct machine *m)
{
    const struct i2c *i = &m->state.mcu.i2c;
    uint32_t cycles = i->ccr & CCR_CCR;
    if (i->ccr & CCR_FAST)
        cycles *= i->ccr & CCR_DUTY ? 25 : 3;
    else
        cycles *= 2;
    return (uint64_t)cycles * rcc_pclk_ticks(m);
}

static void enter(struct i2c *i, enum i2c_phase phase, uint64_t ends)
{
    i->phase = phase;
    i->ends = ends;
}

/* Start and stop ------------------------------------------------------------------------------- */

static void begin_start(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    bool repeated = i->sr2 & SR2_MSL;
    i->sr1 &= ~(uint32_t)(SR1_TXE | (i->sr2 & SR2_TRA ? SR1_BTF : 0));
    if (i2c_lines_free(m))
        enter(i, I2C_STARTING, m->state.ticks + (repeated ? bit_ticks(m) : bit_ticks(m) / 2));
    else
        enter(i, I2C_BEFORE_START, m->state.ticks + bit_ticks(m));
}

static void started(struct i2c *i)
{
    i->cr1 &= ~(uint32_t)CR1_START;
    i->sr1 |= SR1_SB;
    i->sr2 = SR2_MSL | SR2_BUSY;
    enter(i, I2C_STARTED, NEVER);
}

static void begin_stop(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    i->sr1 &= ~(uint32_t)(SR1_TXE | (i->sr2 & SR2_TRA ? SR1_BTF : 0));
    enter(i, I2C_STOPPING, m->state.ticks + bit_ticks(m));
}

static void stopped(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    i->cr1 &= ~(uint32_t)CR1_STOP;
    i->sr2 = 0;
    enter(i, I2C_FREE, NEVER);
    if (m->outside.i2c_stop)
        m->outside.i2c_stop(m);
    i2c_act_on_control(m);
}

static void lose_arbitration(struct i2c *i)
{
    i->sr1 |= SR1_ARLO;
    i->sr2 = 0;
    enter(i, I2C_FREE, NEVER);
}

/* Stop and repeated start come after the byte under way, so only where nothing is under way. */
void i2c_act_on_control(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    if (i->phase == I2C_BEFORE_START && !(i->cr1 & CR1_START))
        enter(i, i->sr2 & SR2_MSL ? I2C_HELD : I2C_FREE, NEVER);
    if (i->phase == I2C_HELD && i->cr1 & CR1_STOP)
        begin_stop(m);
    else if ((i->phase == I2C_FREE || i->phase == I2C_HELD) && i->cr1 & CR1_START)
        begin_start(m);
}

/* Bytes ---------------------------------------------------------------------------------------- */

static void begin_byte(struct machine *m, enum i2c_phase phase)
{
    enter(&m->state.mcu.i2c, phase, m->state.ticks + BYTE_BITS * bit_ticks(m));
}

void i2c_send_address(struct machine *m, uint32_t byte)
{
    m->state.mcu.i2c.shifted = byte;
    begin_byte(m, I2C_ADDRESSING);
}

static void address_sent(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    int reads = i->shifted & 1;
    if (m->outside.i2c_start && m->outside.i2c_start(m, i->shifted >> 1, reads)) {
        i->sr1 |= SR1_ADDR;
        i->sr2 |= reads ? 0 : SR2_TRA;
        enter(i, I2C_ADDRESSED, NEVER);
    } else {
        i->sr1 |= SR1_AF;
        enter(i, I2C_HELD, NEVER);
        i2c_act_on_control(m);
    }
}

static void begin_receiving(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    i->shifted = m->outside.i2c_read ? m->outside.i2c_read(m) & 0xFF : 0xFF;
    begin_byte(m, I2C_RECEIVING);
}

void i2c_go_on_after_address(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    i->next_acknowledged = i->cr1 & CR1_ACK;
    if (!(i->sr2 & SR2_TRA)) {
        begin_receiving(m);
        return;
    }
    i->sr1 |= SR1_TXE;
    enter(i, I2C_HELD, NEVER);
    i2c_act_on_control(m);
}

static void begin_sending(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    i->shifted = i->data;
    i->sr1 |= SR1_TXE;
    i->sr1 &= ~(uint32_t)SR1_BTF;
    begin_byte(m, I2C_SENDING);
}

void i2c_data_written(struct machine *m, uint32_t byte)
{
    struct i2c *i = &m->state.mcu.i2c;
    bool waited_for = i->phase == I2C_HELD && i->sr1 & SR1_TXE && !(i->sr1 & SR1_AF);
    i->data = byte;
    i->sr1 &= ~(uint32_t)SR1_TXE;
    if (waited_for)
        begin_sending(m);
}

static void byte_sent(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    bool acknowledged = m->outside.i2c_write && m->outside.i2c_write(m, i->shifted);
    enter(i, I2C_HELD, NEVER);
    if (!acknowledged) {
        i->sr1 |= SR1_AF;
        i2c_act_on_control(m);
    } else if (i->cr1 & (CR1_STOP | CR1_START)) {
        i2c_act_on_control(m);
    } else if (i->sr1 & SR1_TXE) {
        i->sr1 |= SR1_BTF;
    } else {
        begin_sending(m);
    }
}

/* The next byte, unless there is no room for it or the last one was not acknowledged. */
static void go_on_receiving(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    enter(i, I2C_HELD, NEVER);
    if (i->cr1 & (CR1_STOP | CR1_START))
        i2c_act_on_control(m);
    else if (!i->shift_full && i->acknowledged)
        begin_receiving(m);
}

static void byte_received(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    bool acknowledge = i->cr1 & CR1_ACK;
    i->acknowledged = i->cr1 & CR1_POS ? i->next_acknowledged : acknowledge;
    i->next_acknowledged = acknowledge;
    if (i->sr1 & SR1_RXNE) {
        i->shift_full = true;
        i->sr1 |= SR1_BTF;
    } else {
        i->data = i->shifted;
        i->sr1 |= SR1_RXNE;
    }
    go_on_receiving(m);
}

uint32_t i2c_data_read(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    uint32_t read = i->data;
    i->sr1 &= ~(uint32_t)(SR1_RXNE | (i->sr2 & SR2_TRA ? 0 : SR1_BTF));
    if (i->shift_full) {
        i->data = i->shifted;
        i->shift_full = false;
        i->sr1 |= SR1_RXNE;
        if (i->phase == I2C_HELD)
            go_on_receiving(m);
    }
    return read;
}

/* Time ----------------------------------------------------------------------------------------- */

static bool held_up(const struct i2c *i, unsigned levels)
{
    if (i->phase == I2C_STARTING || i->phase == I2C_STOPPING)
        return levels != (LINE_SCL | LINE_SDA);
    return !(levels & LINE_SCL);
}

void i2c_phase_over(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    unsigned levels = lines(m) & (LINE_SCL | LINE_SDA);
    if (i->phase == I2C_BEFORE_START) {
        begin_start(m);
        return;
    }
    if (held_up(i, levels)) {
        i->ends = m->state.ticks + bit_ticks(m);
        return;
    }
    if (!(levels & LINE_SDA)) {
        if ((i->phase == I2C_ADDRESSING || i->phase == I2C_SENDING) && i->shifted) {
            lose_arbitration(i);
            return;
        }
        if (i->phase == I2C_RECEIVING)
            i->shifted = 0;
    }
    switch (i->phase) {
    case I2C_STARTING: started(i); return;
    case I2C_ADDRESSING: address_sent(m); return;
    case I2C_SENDING: byte_sent(m); return;
    case I2C_RECEIVING: byte_received(m); return;
    case I2C_STOPPING: stopped(m); return;
    default: return;
    }
}
