#include "hal/exti.h"

#include "hal/irq.h"

static volatile uint32_t edges; /* a bit a line */

static uint32_t port_code(uint32_t port)
{
    return port == GPIO_A ? 0u : port == GPIO_B ? 1u : 2u;
}

static void enable(struct gpio pin, volatile uint32_t *edge)
{
    uint32_t position = 8u * (pin.bit % 4u);
    volatile uint32_t *select = &EXTI_EXTICR(pin.bit / 4u);
    *select = (*select & ~(0xFFu << position)) | port_code(pin.port) << position;
    *edge |= BIT(pin.bit);
    EXTI_PR = BIT(pin.bit); /* an edge from before does not count */
    EXTI_IMR |= BIT(pin.bit);
    irq_enable_line(pin.bit < 2 ? IRQ_EXTI0_1 : pin.bit < 4 ? IRQ_EXTI2_3 : IRQ_EXTI4_15);
}

void exti_enable_rising(struct gpio pin)
{
    enable(pin, &EXTI_RTSR);
}

void exti_enable_falling(struct gpio pin)
{
    enable(pin, &EXTI_FTSR);
}

void exti_disable(struct gpio pin)
{
    EXTI_IMR &= ~BIT(pin.bit);
}

bool exti_pending(struct gpio pin)
{
    return edges & BIT(pin.bit);
}

bool exti_take(struct gpio pin)
{
    uint32_t state = irq_disable();
    bool edge = edges & BIT(pin.bit);
    edges &= ~BIT(pin.bit);
    irq_restore(state);
    return edge;
}

void exti_handler(void)
{
    uint32_t pending = EXTI_PR & 0xFFFFu; /* lines of port pins */
    EXTI_PR = pending;
    edges |= pending;
}
