/* What a port pin does to its net, and what it sees there. A pin in an alternate function that no model drives is open. */
#include "gpio_internal.h"

enum port_mode { INPUT, OUTPUT, FUNCTION, ANALOG };
enum { PULL_UP = 1, PULL_DOWN = 2 };
enum { NO_FUNCTION = 16 };
enum { NRST = 2, NRST_IS_PORT_PIN = 1 << 14 }; /* PF2, and NRST_MODE in OPTR */

/* Datasheet rev 1.2, tables 4-3 to 4-5; the same as hardware/parts/mcu_functions.csv. */
static const struct {
    uint8_t port, bit, function;
} USART1_TX[] = {{PORT_A, 2, 1}, {PORT_A, 7, 8}, {PORT_A, 14, 1}, {PORT_B, 6, 0}, {PORT_F, 1, 8}};

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

void gpio_tell(struct machine *m, enum port port, uint32_t mask)
{
    struct gpio_port *p = &m->state.mcu.gpio.ports[port];
    uint32_t changed = 0;
    for (; mask; mask &= mask - 1) {
        unsigned bit = (unsigned)__builtin_ctz(mask);
        uint16_t does = (uint16_t)(pin_drive(m, port, bit) | pin_mode(p, bit) << 4 | pin_function(p, bit) << 8);
        changed |= (uint32_t)(does != p->told[bit]) << bit;
        p->told[bit] = does;
    }
    if (changed && m->state.mcu.present && m->outside.pins)
        m->outside.pins(m, port, changed);
}

/* Levels --------------------------------------------------------------------------------------- */

/* A bit for each pin whose input is on. */
static uint32_t digital(const struct gpio_port *p)
{
    uint32_t pins = 0;
    for (unsigned bit = 0; bit < PORT_PINS; bit++)
        pins |= (uint32_t)(pin_mode(p, bit) != ANALOG) << bit;
    return pins;
}

uint32_t gpio_levels(const struct gpio_port *p)
{
    return p->net & digital(p);
}

void gpio_tell_exti(struct machine *m, enum port port, uint32_t changed, uint32_t levels)
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
    uint32_t mask = 1u << bit, before = gpio_levels(p), after;
    p->net = level ? p->net | mask : p->net & ~mask;
    after = gpio_levels(p);
    gpio_tell_exti(m, (enum port)port, before ^ after, after);
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
        gpio_tell(m, (enum port)port, PINS);
}
