/* I2C1 as master with 7-bit addresses: registers, flags, interrupt. What it does on the bus is in i2c_transfer.c.
 *
 * Registers: Puya's py32f003x6.h and SVD; which access clears which flag: ST RM0008, 26.6, whose cell it is (?).
 * No slave mode (nobody else on this bus addresses the chip), no PEC, general call or DMA. BERR and OVR never come.
 * Assumed: PE cleared in the midst of a transfer ends it at once, without a stop; BUSY beside a transfer of its own is that a
 * line is low now; SWRST holds all registers at their reset values.
 */
#include "i2c_internal.h"

enum { CR1 = 0x00, CR2 = 0x04, OAR1 = 0x08, DR = 0x10, SR1 = 0x14, SR2 = 0x18, CCR = 0x1C, TRISE = 0x20 };
enum { CR2_FREQ = 0x3F, CR2_ITERREN = 1 << 8, CR2_ITEVTEN = 1 << 9, CR2_ITBUFEN = 1 << 10 };
enum { SR1_ERRORS = SR1_BERR | SR1_ARLO | SR1_AF | 1 << 11 | 1 << 12 }; /* write zero to clear */
enum { IRQ = 23, TRISE_AT_RESET = 2 };

static uint32_t writable(uint32_t offset)
{
    switch (offset) {
    case CR1: return CR1_PE | CR1_START | CR1_STOP | CR1_ACK | CR1_POS | CR1_SWRST;
    case CR2: return CR2_FREQ | CR2_ITERREN | CR2_ITEVTEN | CR2_ITBUFEN;
    case OAR1: return 0xFE;
    case DR: return 0xFF;
    case SR1: return 0xFFFF;
    case CCR: return CCR_CCR | CCR_DUTY | CCR_FAST;
    case TRISE: return 0x3F;
    }
    return 0;
}

static uint32_t *register_at(struct i2c *i, uint32_t offset)
{
    switch (offset) {
    case CR1: return &i->cr1;
    case CR2: return &i->cr2;
    case OAR1: return &i->oar1;
    case DR: return &i->data;
    case SR1: return &i->sr1;
    case SR2: return &i->sr2;
    case CCR: return &i->ccr;
    case TRISE: return &i->trise;
    }
    return NULL;
}

static void update(struct machine *m)
{
    const struct i2c *i = &m->state.mcu.i2c;
    uint32_t causes = 0;
    if (i->cr2 & CR2_ITEVTEN)
        causes |= SR1_SB | SR1_ADDR | SR1_BTF | (i->cr2 & CR2_ITBUFEN ? SR1_TXE | SR1_RXNE : 0);
    if (i->cr2 & CR2_ITERREN)
        causes |= SR1_ERRORS;
    irq_set(m, IRQ, (i->sr1 & causes) != 0);
    peripheral_schedule(m, SLOT_I2C, i->ends);
}

static uint32_t read_status2(struct machine *m)
{
    struct i2c *i = &m->state.mcu.i2c;
    uint32_t value = i->sr2;
    if (!(value & SR2_BUSY) && !i2c_lines_free(m))
        value |= SR2_BUSY;
    if (i->seen & i->sr1 & SR1_ADDR) {
        i->sr1 &= ~(uint32_t)SR1_ADDR;
        i2c_go_on_after_address(m);
    }
    return value;
}

static uint32_t i2c_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    struct i2c *i = &m->state.mcu.i2c;
    const uint32_t *reg = register_at(i, offset);
    uint32_t value;
    if (!reg)
        peripheral_unmodelled(m, slot, offset, size, false);
    value = *reg;
    if (offset == SR1)
        i->seen = value;
    if (offset == SR2)
        value = read_status2(m);
    if (offset == DR)
        value = i2c_data_read(m);
    update(m);
    return value;
}

/* What PE = 0 clears; a transfer under way is dropped. */
static void disable(struct i2c *i)
{
    i->cr1 = 0;
    i->sr1 = i->sr2 = i->seen = 0;
    i->shift_full = false;
    i->phase = I2C_FREE;
    i->ends = NEVER;
}

static void restore(struct i2c *i)
{
    *i = (struct i2c){.trise = TRISE_AT_RESET, .ends = NEVER, .stopped_at = NEVER};
}

static void write_control1(struct machine *m, unsigned slot, uint32_t value)
{
    struct i2c *i = &m->state.mcu.i2c;
    bool no_master = i->phase == I2C_FREE && !(value & CR1_START);
    if (value & CR1_SWRST) {
        restore(i);
        i->cr1 = CR1_SWRST;
        return;
    }
    if (!(value & CR1_PE)) {
        disable(i);
        return;
    }
    if (value & CR1_STOP && no_master)
        peripheral_unmodelled(m, slot, CR1, 4, true); /* a stop with nothing to stop: set after the hardware cleared it? */
    if (value & CR1_START && !(i->ccr & CCR_CCR))
        peripheral_unmodelled(m, slot, CR1, 4, true); /* no clock rate */
    i->cr1 = value;
    i2c_act_on_control(m);
}

static void write_data(struct machine *m, unsigned slot, uint32_t value)
{
    struct i2c *i = &m->state.mcu.i2c;
    if (i->phase != I2C_STARTED) {
        i2c_data_written(m, value);
        return;
    }
    if (!(i->seen & SR1_SB))
        peripheral_unmodelled(m, slot, DR, 4, true); /* only after a read of SR1 does the write clear SB */
    i->sr1 &= ~(uint32_t)SR1_SB;
    i2c_send_address(m, value);
}

static void i2c_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct i2c *i = &m->state.mcu.i2c;
    uint32_t *reg = register_at(i, offset);
    bool only_disabled = offset == CCR || offset == TRISE;
    if (!reg || size == 1 || value & ~writable(offset) || offset == SR2)
        peripheral_unmodelled(m, slot, offset, size, true);
    if ((only_disabled && i->cr1 & CR1_PE) || (offset != CR1 && i->cr1 & CR1_SWRST))
        peripheral_unmodelled(m, slot, offset, size, true);
    switch (offset) {
    case CR1: write_control1(m, slot, value); break;
    case DR: write_data(m, slot, value); break;
    case SR1: i->sr1 &= value | ~(uint32_t)SR1_ERRORS; break;
    default: *reg = value;
    }
    update(m);
}

static void i2c_event(struct machine *m, unsigned slot)
{
    struct i2c *i = &m->state.mcu.i2c;
    if (mcu_clocked(m, slot))
        i2c_phase_over(m);
    else
        i->ends = m->state.ticks + rcc_pclk_ticks(m) * (i->ccr & CCR_CCR); /* stands still: look again */
    update(m);
}

static void i2c_reset(struct machine *m, unsigned slot)
{
    (void)slot;
    restore(&m->state.mcu.i2c);
    update(m);
}

/* In STOP what is under way stands still where it is. */
static void i2c_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct i2c *i = &m->state.mcu.i2c;
    if (asleep && deep) {
        i->stopped_at = m->state.ticks;
        peripheral_schedule(m, slot, NEVER);
    } else if (!asleep && i->stopped_at != NEVER) {
        postpone(&i->ends, m->state.ticks - i->stopped_at);
        i->stopped_at = NEVER;
        update(m);
    }
}

const struct peripheral I2C = {0x40005400, 0x400, i2c_read, i2c_write, i2c_event, i2c_reset, i2c_sleep};
