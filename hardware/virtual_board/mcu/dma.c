/* DMA, three channels, F0 layout: facts from Puya's py32f003x6.h; behaviour as on STM32F0, whose layout it has (assumed).
 *
 * +00 ISR   a channel has four bits: GIF, TCIF, HTIF, TEIF
 * +04 IFCR  the same bits clear; CGIF clears all of its channel
 * +08+14h*n CCR    EN 0, TCIE 1, HTIE 2, TEIE 3, DIR 4, CIRC 5, PINC 6, MINC 7, PSIZE [9:8], MSIZE [11:10], PL [13:12]
 *     +4    CNDTR  values left; +8 CPAR and +C CMAR: addresses
 *
 * A transfer happens within the request and takes the CPU no cycles (assumed: they hardly meet on this bus matrix). A channel
 * that is busy is not written to: registers other than CCR stop the machine while EN is set, as does MEM2MEM. Low bits of
 * addresses are ignored as on STM32. An address outside RAM, flash, system memory and the APB and AHB peripherals ends in
 * TEIF and a channel that is off (the ports are the CPU's alone). */
#include "dma.h"

#include "bus.h"
#include "machine.h"

#define IRQ_CHANNEL1 9
#define IRQ_CHANNEL2_3 10

enum { ISR = 0x00, IFCR = 0x04, CHANNELS_AT = 0x08, CHANNEL_BYTES = 0x14 };
enum { CCR = 0x00, CNDTR = 0x04, CPAR = 0x08, CMAR = 0x0C };

#define CCR_EN (1u << 0)
#define CCR_DIR (1u << 4)
#define CCR_CIRC (1u << 5)
#define CCR_PINC (1u << 6)
#define CCR_MINC (1u << 7)
#define CCR_PSIZE 8
#define CCR_MSIZE 10
#define CCR_BITS 0x3FFFu
#define GIF 1u
#define TCIF 2u
#define HTIF 4u
#define TEIF 8u
#define FLAGS (TCIF | HTIF | TEIF) /* at the places of their enable bits in CCR */

#define PERIPHERALS 0x40000000u
#define PERIPHERAL_BYTES 0x24000u

static uint32_t flags_of(const struct dma *d, unsigned channel)
{
    uint32_t flags = d->isr >> 4 * channel & FLAGS;
    return flags ? flags | GIF : 0;
}

static void update_interrupts(struct machine *m)
{
    const struct dma *d = &m->state.mcu.dma;
    bool wanted[DMA_CHANNELS];
    for (unsigned channel = 0; channel < DMA_CHANNELS; channel++)
        wanted[channel] = flags_of(d, channel) & d->channel[channel].ccr & FLAGS;
    irq_set(m, IRQ_CHANNEL1, wanted[0]);
    irq_set(m, IRQ_CHANNEL2_3, wanted[1] || wanted[2]);
}

/* Transfers ------------------------------------------------------------------------------------ */

static bool reachable(struct machine *m, uint32_t address)
{
    return address - PERIPHERALS < PERIPHERAL_BYTES || memory_at(&m->state, address);
}

static unsigned bytes_of(const struct dma_channel *c, unsigned size_at)
{
    return 1u << (c->ccr >> size_at & 3);
}

static void rewind_channel(struct dma_channel *c)
{
    c->cndtr = c->reload;
    c->peripheral = c->cpar;
    c->memory = c->cmar;
}

/* Flags that the transfer of one value raises. */
static uint32_t transfer(struct machine *m, struct dma_channel *c)
{
    unsigned peripheral_bytes = bytes_of(c, CCR_PSIZE), memory_bytes = bytes_of(c, CCR_MSIZE);
    uint32_t peripheral = c->peripheral & ~(peripheral_bytes - 1), memory = c->memory & ~(memory_bytes - 1);
    if (!reachable(m, peripheral) || !reachable(m, memory)) {
        c->ccr &= ~CCR_EN;
        return TEIF;
    }
    if (c->ccr & CCR_DIR)
        store(m, peripheral, peripheral_bytes, load(m, memory, memory_bytes));
    else
        store(m, memory, memory_bytes, load(m, peripheral, peripheral_bytes));
    if (c->ccr & CCR_PINC)
        c->peripheral += peripheral_bytes;
    if (c->ccr & CCR_MINC)
        c->memory += memory_bytes;
    c->cndtr--;
    if (c->cndtr == c->reload / 2 && c->cndtr)
        return HTIF;
    if (c->cndtr)
        return 0;
    if (c->ccr & CCR_CIRC)
        rewind_channel(c);
    return TCIF;
}

bool dma_request(struct machine *m, enum dma_request request)
{
    struct dma *d = &m->state.mcu.dma;
    if (!mcu_clocked(m, SLOT_DMA))
        return false;
    for (unsigned i = 0; i < DMA_CHANNELS; i++) {
        struct dma_channel *c = &d->channel[i];
        if (!(c->ccr & CCR_EN) || !c->cndtr || syscfg_dma_request(m, i + 1) != (unsigned)request)
            continue;
        d->isr |= transfer(m, c) << 4 * i;
        update_interrupts(m);
        return true;
    }
    return false;
}

/* Registers ------------------------------------------------------------------------------------ */

static uint32_t dma_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct dma *d = &m->state.mcu.dma;
    unsigned channel = (offset - CHANNELS_AT) / CHANNEL_BYTES;
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, false);
    if (offset == ISR)
        return flags_of(d, 0) | flags_of(d, 1) << 4 | flags_of(d, 2) << 8;
    if (offset == IFCR)
        return 0;
    if (channel < DMA_CHANNELS)
        switch ((offset - CHANNELS_AT) % CHANNEL_BYTES) {
        case CCR: return d->channel[channel].ccr;
        case CNDTR: return d->channel[channel].cndtr;
        case CPAR: return d->channel[channel].cpar;
        case CMAR: return d->channel[channel].cmar;
        }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void clear_flags(struct machine *m, uint32_t value)
{
    for (unsigned channel = 0; channel < DMA_CHANNELS; channel++) {
        uint32_t cleared = value >> 4 * channel & (FLAGS | GIF);
        m->state.mcu.dma.isr &= ~((cleared & GIF ? FLAGS : cleared) << 4 * channel);
    }
    update_interrupts(m);
}

/* False for what is not modelled: MEM2MEM, a size that does not exist. */
static bool control_write(struct machine *m, struct dma_channel *c, uint32_t value)
{
    bool enabled = c->ccr & CCR_EN;
    if (value & ~CCR_BITS || (value >> CCR_PSIZE & 3) == 3 || (value >> CCR_MSIZE & 3) == 3)
        return false;
    if (enabled && value & CCR_EN && (c->ccr ^ value) & ~FLAGS)
        return false;
    c->ccr = value;
    if (!enabled && value & CCR_EN) {
        c->reload = c->cndtr;
        rewind_channel(c);
    }
    update_interrupts(m);
    return true;
}

static bool channel_write(struct machine *m, struct dma_channel *c, uint32_t offset, uint32_t value)
{
    if (offset == CCR)
        return control_write(m, c, value);
    if (c->ccr & CCR_EN)
        return false;
    switch (offset) {
    case CNDTR: c->cndtr = value & 0xFFFF; return true;
    case CPAR: c->cpar = value; return true;
    case CMAR: c->cmar = value; return true;
    }
    return false;
}

static void dma_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    unsigned channel = (offset - CHANNELS_AT) / CHANNEL_BYTES;
    if (size == 4 && offset == IFCR) {
        clear_flags(m, value);
        return;
    }
    if (size != 4 || channel >= DMA_CHANNELS ||
        !channel_write(m, &m->state.mcu.dma.channel[channel], (offset - CHANNELS_AT) % CHANNEL_BYTES, value))
        peripheral_unmodelled(m, slot, offset, size, true);
}

static void dma_reset(struct machine *m, unsigned slot)
{
    (void)slot;
    m->state.mcu.dma = (struct dma){0};
    update_interrupts(m);
}

const struct peripheral DMA = {0x40020000, 0x400, dma_read, dma_write, NULL, dma_reset, NULL};
