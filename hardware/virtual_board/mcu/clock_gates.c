/* Which peripherals have their clock, and which are held in reset: RCC's registers with a bit for each of them. */
#include "rcc_internal.h"

static const uint32_t ENABLE_KNOWN[RCC_BUSES] = {
    [BUS_IOP] = BIT(0) | BIT(1) | BIT(5),
    [BUS_AHB] = BIT(0) | AHB_AT_RESET | BIT(12),
    [BUS_APB1] = BIT(1) | BIT(10) | BIT(11) | BIT(17) | BIT(21) | BIT(27) | BIT(28) | BIT(31),
    [BUS_APB2] = BIT(0) | BIT(11) | BIT(12) | BIT(14) | BIT(15) | BIT(17) | BIT(18) | BIT(20) | BIT(21) | BIT(22),
};
/* Nobody needs a whole port reset, and gpio.c has one for all ports only. */
static const uint32_t RESET_KNOWN[RCC_BUSES] = {
    [BUS_AHB] = BIT(0) | BIT(12),
    [BUS_APB1] = BIT(1) | BIT(17) | BIT(21) | BIT(27) | BIT(28) | BIT(31),
    [BUS_APB2] = BIT(0) | BIT(11) | BIT(12) | BIT(14) | BIT(15) | BIT(17) | BIT(18) | BIT(20) | BIT(21) | BIT(22),
};

/* Bits of the peripherals that have a model. */
static const struct { enum rcc_bus bus; uint8_t bit; enum mcu_slot slot; } GATES[] = {
    [CLOCK_GPIOA] = {BUS_IOP, 0, SLOT_GPIO},
    [CLOCK_GPIOB] = {BUS_IOP, 1, SLOT_GPIO},
    [CLOCK_GPIOF] = {BUS_IOP, 5, SLOT_GPIO},
    [CLOCK_DMA] = {BUS_AHB, 0, SLOT_DMA},
    [CLOCK_FLASH] = {BUS_AHB, 8, SLOT_FLASH},
    [CLOCK_TIM3] = {BUS_APB1, 1, SLOT_TIM3},
    [CLOCK_I2C] = {BUS_APB1, 21, SLOT_I2C},
    [CLOCK_PWR] = {BUS_APB1, 28, SLOT_PWR},
    [CLOCK_LPTIM] = {BUS_APB1, 31, SLOT_LPTIM},
    [CLOCK_SYSCFG] = {BUS_APB2, 0, SLOT_SYSCFG},
    [CLOCK_USART1] = {BUS_APB2, 14, SLOT_USART1},
    [CLOCK_ADC] = {BUS_APB2, 20, SLOT_ADC},
};
enum { GATE_COUNT = sizeof GATES / sizeof *GATES };

bool rcc_clocked(const struct machine *m, enum clock clock)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    return clock == CLOCK_ALWAYS ||
           (rcc->enabled[GATES[clock].bus] & ~rcc->in_reset[GATES[clock].bus]) >> GATES[clock].bit & 1;
}

bool gates_enable(struct machine *m, enum rcc_bus bus, uint32_t value)
{
    if (value & ~ENABLE_KNOWN[bus] || (bus == BUS_AHB && (value & AHB_AT_RESET) != AHB_AT_RESET))
        return false;
    m->state.mcu.rcc.enabled[bus] = value;
    return true;
}

/* A peripheral is in reset as long as its bit is set. */
bool gates_reset(struct machine *m, enum rcc_bus bus, uint32_t value)
{
    if (value & ~RESET_KNOWN[bus])
        return false;
    m->state.mcu.rcc.in_reset[bus] = value;
    for (unsigned clock = CLOCK_ALWAYS + 1; clock < GATE_COUNT; clock++)
        if (GATES[clock].bus == bus && value >> GATES[clock].bit & 1 && m->peripherals[GATES[clock].slot].reset)
            m->peripherals[GATES[clock].slot].reset(m, GATES[clock].slot);
    return true;
}
