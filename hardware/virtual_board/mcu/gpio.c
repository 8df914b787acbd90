/* Ports A, B and F.
 *
 * Registers and reset values: Puya's py32f003xx.svd and py32f003x6.h; the lock sequence as ST RM0091, 8.4.8, whose cell it is.
 * Assumed (?): every port has the registers of 16 pins; PF4-BOOT0 is an input with pull-down after reset (datasheet,
 * table 4-2; the SVD gives port F the values of port B). A pin in an alternate function that no model drives is open.
 */
#include <string.h>

#include "machine.h"

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
enum port_mode { INPUT, OUTPUT, FUNCTION, ANALOG };
enum { PULL_UP = 1, PULL_DOWN = 2 };
enum { NO_FUNCTION = 16 };
enum { NRST = 2, NRST_IS_PORT_PIN = 1 << 14 }; /* PF2, and NRST_MODE in OPTR */
enum { PORT_SPACING_BITS = 10, PINS = 0xFFFF, LCKK = 0x10000, LOCK_STEPS = 3 };

static const uint8_t PORT_AT[] = {PORT_A, PORT_B, PORTS, PORTS, PORTS, PORT_F};

static const struct gpio_port AFTER_RESET[PORTS] = {
    [PORT_A] = {.moder = 0xEBFFFFFF, .ospeedr = 0x0C000000, .pupdr = 0x24000000}, /* SWDIO pulled up, SWCLK down */
    [PORT_B] = {.moder = 0xFFFFFFFF},
    [PORT_F] = {.moder = 0xFFFFFCFF, .pupdr = 0x00000200},
};

/* Datasheet rev 1.2, tables 4-3 to 4-5; the same as hardware/parts/mcu_functions.csv. */
static const struct {
    uint8_t port, bit, function;
} USART1_TX[] = {{PORT_A, 2, 1}, {PORT_A, 7, 8}, {PORT_A, 14, 1}, {PORT_B, 6, 0}, {PORT_F, 1, 8}};

/* What a pin does ------------------------------------------------------------------------------ */

static enum port_mode pin_mode(const struct gpio_port *p, unsigned bit)
{
    return (enum port_mode)(p->moder >> 2 * bit & 3);
}

static unsigned pin_function(const struct gpio_port *p, unsigned bit)
{
    return pin_mode(p, bit) == FUNCTION ? p->afr[bit / 8] >> 4 * (bit % 8) & 15 : NO_FUNCTION;
}

static enum drive released(const struct gpio_port *p, unsigned bit)
{
    switch (p->pupdr >> 2 * bit & 3) {
    case PULL_UP: return DRIVE_PULL_UP;
    case PULL_DOWN: return DRIVE_PULL_DOWN;
    }
    return DRIVE_OPEN;
}

static enum drive driven(const struct gpio_port *p, unsigned bit, bool high)
{
    if (!high)
        return DRIVE_LOW;
    return p->otyper >> bit & 1 ? released(p, bit) : DRIVE_HIGH;
}

static bool sends_serial(const struct machine *m, enum port port, unsigned bit, unsigned function)
{
    for (size_t i = 0; i < sizeof USART1_TX / sizeof *USART1_TX; i++)
        if (USART1_TX[i].port == port && USART1_TX[i].bit == bit && USART1_TX[i].function == function)
            return usart_drives_tx(m);
    return false;
}

static enum drive pin_drive(const struct machine *m, enum port port, unsigned bit)
{
    const struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    if (port == PORT_F && bit == NRST && !(flash_options(m) & NRST_IS_PORT_PIN))
        return DRIVE_PULL_UP;
    switch (pin_mode(p, bit)) {
    case OUTPUT: return driven(p, bit, p->odr >> bit & 1);
    case FUNCTION:
        if (sends_serial(m, port, bit, pin_function(p, bit)))
            return driven(p, bit, true); /* whole bytes go by outside.sent: the pin stays at the idle level */
        return released(p, bit);
    case INPUT: return released(p, bit);
    case ANALOG: break; /* the pulls are off, as on ST's cell */
    }
    return DRIVE_OPEN;
}

/* Tell the outside of those pins in the mask that do something else than it knows. */
static void tell(struct machine *m, enum port port, uint32_t mask)
{
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t changed = 0;
    for (; mask; mask &= mask - 1) {
        unsigned bit = (unsigned)__builtin_ctz(mask);
        uint16_t does = (uint16_t)(pin_drive(m, port, bit) | pin_mode(p, bit) << 4 | pin_function(p, bit) << 8);
        changed |= (uint32_t)(does != p->told[bit]) << bit;
        p->told[bit] = does;
    }
    if (changed && m->outside.pins)
        m->outside.pins(m, port, changed);
}

/* Levels --------------------------------------------------------------------------------------- */

static uint32_t digital(const struct gpio_port *p)
{
    uint32_t pins = 0;
    for (unsigned bit = 0; bit < PORT_PINS; bit++)
        pins |= (uint32_t)(pin_mode(p, bit) != ANALOG) << bit;
    return pins;
}

static void tell_exti(struct machine *m, enum port port, uint32_t changed, uint32_t levels)
{
    for (; changed; changed &= changed - 1) {
        unsigned bit = (unsigned)__builtin_ctz(changed);
        exti_pin_changed(m, port, bit, levels >> bit & 1);
    }
}

bool gpio_level(const struct machine *m, enum port port, unsigned bit)
{
    const struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    return pin_mode(p, bit) != ANALOG && p->net >> bit & 1;
}

void mcu_set_pin(struct machine *m, unsigned port, unsigned bit, int level)
{
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t mask = 1u << bit, before = p->net;
    p->net = level ? p->net | mask : p->net & ~mask;
    tell_exti(m, (enum port)port, (before ^ p->net) & digital(p), p->net);
}

unsigned mcu_pin(struct machine *m, unsigned port, unsigned bit)
{
    return pin_drive(m, (enum port)port, bit);
}

unsigned mcu_pin_function(struct machine *m, unsigned port, unsigned bit)
{
    return pin_function(&m->state.mcu.gpio.ports[port], bit);
}

void gpio_functions_changed(struct machine *m)
{
    for (unsigned port = 0; port < PORTS; port++)
        tell(m, (enum port)port, PINS);
}

/* Registers ------------------------------------------------------------------------------------ */

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
    case IDR: return (p->net & digital(p)) >> shift;
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
    uint32_t *plain = plain_register(p, reg), frozen = frozen_fields(p, reg), before = p->net & digital(p), after;
    *plain = (*plain & frozen) | (value & ~frozen);
    after = p->net & digital(p);
    tell_exti(m, port, before ^ after, after);
    tell(m, port, PINS);
}

static void output(struct machine *m, enum port port, uint32_t levels)
{
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t changed = p->odr ^ levels;
    p->odr = levels;
    tell(m, port, changed);
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
        tell(m, (enum port)port, PINS);
    }
}

const struct peripheral GPIO = {0x50000000, 0x1800, gpio_read, gpio_write, NULL, gpio_reset, NULL};
