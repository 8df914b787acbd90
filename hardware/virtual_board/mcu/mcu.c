/* The table of peripherals. An access to one whose clock is off stops the machine: silicon would ignore it, and the
 * firmware's author would look for the reason for a day. */
#include "machine.h"
#include "outside.h"

static const struct {
    const struct peripheral *peripheral;
    enum clock clock;
} TABLE[SLOTS] = {
    [SLOT_RCC] = {&RCC, CLOCK_ALWAYS},
    [SLOT_PWR] = {&PWR, CLOCK_PWR},
    [SLOT_FLASH] = {&FLASH, CLOCK_FLASH},
    [SLOT_FLASH_ARRAY] = {&FLASH_ARRAY, CLOCK_FLASH},
    [SLOT_SYSCFG] = {&SYSCFG, CLOCK_SYSCFG},
    [SLOT_IWDG] = {&IWDG, CLOCK_ALWAYS},
    [SLOT_LPTIM] = {&LPTIM, CLOCK_LPTIM},
    [SLOT_GPIO] = {&GPIO, CLOCK_ALWAYS}, /* has a clock for each port, which it looks at itself */
    [SLOT_EXTI] = {&EXTI, CLOCK_ALWAYS},
    [SLOT_USART1] = {&USART1, CLOCK_USART1},
    [SLOT_I2C] = {&I2C, CLOCK_I2C},
    [SLOT_ADC] = {&ADC, CLOCK_ADC},
    [SLOT_DMA] = {&DMA, CLOCK_DMA},
    [SLOT_TIM3] = {&TIM3, CLOCK_TIM3},
    [SLOT_OUTSIDE] = {&OUTSIDE, CLOCK_ALWAYS},
};

int mcu_add(struct machine *m)
{
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if (peripheral_add(m, TABLE[slot].peripheral) != (int)slot)
            return -1;
    mcu_power_on(m, 0);
    m->state.mcu.flash.options_loaded = false; /* what is put into the system memory now counts at the first reset */
    m->state.mcu.present = true;
    return 0;
}

void mcu_power_changed(struct machine *m)
{
    if (m->state.mcu.present)
        m->outside.power(m);
}

bool mcu_clocked(const struct machine *m, unsigned slot)
{
    return !m->state.mcu.present || slot >= SLOTS || rcc_clocked(m, TABLE[slot].clock);
}
