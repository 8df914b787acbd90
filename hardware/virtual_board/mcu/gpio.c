/* Ports A, B and F.
 *
 * Registers and reset values: Puya's py32f003xx.svd and py32f003x6.h; the lock sequence as ST RM0091, 8.4.8, whose cell it is.
 * Assumed (?): every port has the registers of 16 pins; PF4-BOOT0 is an input with pull-down after reset (datasheet,
 * table 4-2; the SVD gives port F the values of port B).
 */
#include "gpio_internal.h"

#include <string.h>

enum {
    MODER = 0x00,
    OTYPER = 0x04,
    OSPEEDR = 0x08,
    PUPDR = 0x0C,
    IDR = 0x10,
    ODR = 0x14,
    BSRR = 0x18,
    LCKR = 0x1C,
    AFRL = 0x20,
    AFRH = 0x24,
    BRR = 0x28
};
enum { PORT_SPACING_BITS = 10, LCKK = 0x10000, LOCK_STEPS = 3 };

static const uint8_t PORT_AT[] = {PORT_A, PORT_B, PORTS, PORTS, PORTS, PORT_F};

static const struct gpio_port AFTER_RESET[PORTS] = {
    [PORT_A] = {.moder = 0xEBFFFFFF, .ospeedr = 0x0C000000, .pupdr = 0x24000000}, /* SWDIO pulled up, SWCLK down */
    [PORT_B] = {.moder = 0xFFFFFFFF},
    [PORT_F] = {.moder = 0xFFFFFCFF, .pupdr = 0x00000200},
};

static uint32_t *plain_register(struct gpio_port *p, uint32_t reg)
{
    switch (reg) {
    case MODER: return &p->moder;
    case OTYPER: return &p->otyper;
    case OSPEEDR: return &p->ospeedr;
    case PUPDR: return &p->pupdr;
    case AFRL: return &p->afr[0];
    case AFRH: return &p->afr[1];
    }
    return NULL;
}

/* The port of an address; does not return if there is none, or if it has no clock. */
static enum port demand_port(struct machine *m, unsigned slot, uint32_t offset, unsigned size, bool write)
{
    uint32_t place = offset >> PORT_SPACING_BITS;
    if (PORT_AT[place] == PORTS)
        peripheral_unmodelled(m, slot, offset, size, write);
    if (!rcc_clocked(m, (enum clock)(CLOCK_GPIOA + PORT_AT[place])))
        stop_at_access(m, STOP_UNCLOCKED, GPIO.base + offset, size, write);
    return (enum port)PORT_AT[place];
}

static uint32_t lock_read(struct gpio_port *p)
{
    if (p->lock_step == LOCK_STEPS)
        p->locked = p->lock_key;
    return p->locked ? p->locked | LCKK : p->lock_key;
}

static uint32_t gpio_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    enum port port = demand_port(m, slot, offset, size, false);
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t reg = offset & 0x3FC, shift = 8 * (offset & 3);
    const uint32_t *plain = plain_register(p, reg);
    if (plain)
        return *plain >> shift;
    switch (reg) {
    case IDR: return gpio_levels(p) >> shift;
    case ODR: return p->odr >> shift;
    case BSRR:
    case BRR: return 0; /* write only */
    case LCKR: return lock_read(p) >> shift;
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

/* A bit per pin, spread to `width` bits per pin. */
static uint32_t spread(uint32_t pins, unsigned width)
{
    uint32_t fields = 0;
    for (unsigned bit = 0; bit * width < 32; bit++)
        if (pins >> bit & 1)
            fields |= ((1u << width) - 1) << bit * width;
    return fields;
}

static uint32_t frozen_fields(const struct gpio_port *p, uint32_t reg)
{
    switch (reg) {
    case OTYPER: return p->locked;
    case AFRL: return spread(p->locked, 4);
    case AFRH: return spread(p->locked >> 8, 4);
    }
    return spread(p->locked, 2);
}

static void configure(struct machine *m, enum port port, uint32_t reg, uint32_t value)
{
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t *plain = plain_register(p, reg), frozen = frozen_fields(p, reg), before = gpio_levels(p), after;
    *plain = (*plain & frozen) | (value & ~frozen);
    after = gpio_levels(p);
    gpio_tell_exti(m, port, before ^ after, after);
    gpio_tell(m, port, PINS);
}

static void output(struct machine *m, enum port port, uint32_t levels)
{
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t changed = p->odr ^ levels;
    p->odr = levels;
    gpio_tell(m, port, changed);
}

/* The words 1, 0, 1 in LCKK with the same pins, then a read. */
static void lock_write(struct gpio_port *p, uint32_t value)
{
    uint32_t pins = value & PINS;
    bool key = value & LCKK;
    if (p->locked)
        return;
    if (p->lock_step == LOCK_STEPS || key != (p->lock_step != 1) || (p->lock_step && pins != p->lock_key))
        p->lock_step = 0;
    else
        p->lock_step++;
    p->lock_key = pins;
}

static uint32_t writable(uint32_t reg)
{
    switch (reg) {
    case IDR: return 0;
    case OTYPER:
    case ODR:
    case BRR: return PINS;
    case LCKR: return PINS | LCKK;
    }
    return 0xFFFFFFFF;
}

static void gpio_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    enum port port = demand_port(m, slot, offset, size, true);
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t reg = offset & 0x3FC, shift = 8 * (offset & 3);
    uint32_t written = value << shift, kept = ~((size == 4 ? 0xFFFFFFFF : (1u << 8 * size) - 1) << shift);
    const uint32_t *plain = plain_register(p, reg);
    if (written & ~writable(reg) || reg == IDR || (reg == LCKR && size != 4))
        peripheral_unmodelled(m, slot, offset, size, true);
    if (plain) {
        configure(m, port, reg, (*plain & kept) | written);
        return;
    }
    switch (reg) {
    case ODR: output(m, port, (p->odr & kept) | written); return;
    case BSRR: output(m, port, (p->odr & ~(written >> 16)) | (written & PINS)); return; /* setting wins */
    case BRR: output(m, port, p->odr & ~written); return;
    case LCKR: lock_write(p, written); return;
    }
    peripheral_unmodelled(m, slot, offset, size, true);
}

static void restore(struct gpio_port *p, enum port port)
{
    struct gpio_port before = *p;
    *p = AFTER_RESET[port];
    p->net = before.net;
    memcpy(p->told, before.told, sizeof p->told);
}

/* EXTI is reset after this and looks at the pins itself. */
static void gpio_reset(struct machine *m, unsigned slot)
{
    (void)slot;
    for (unsigned port = 0; port < PORTS; port++) {
        restore(&m->state.mcu.gpio.ports[port], (enum port)port);
        gpio_tell(m, (enum port)port, PINS);
    }
}

const struct peripheral GPIO = {0x50000000, 0x1800, gpio_read, gpio_write, NULL, gpio_reset, NULL};
