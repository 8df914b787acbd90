#ifndef RCC_H
#define RCC_H

#include "peripheral.h"

/* The clock that a peripheral needs, by its enable bit in RCC. */
enum clock {
    CLOCK_ALWAYS,
    CLOCK_GPIOA, CLOCK_GPIOB, CLOCK_GPIOF,
    CLOCK_DMA, CLOCK_FLASH,
    CLOCK_TIM3, CLOCK_I2C, CLOCK_PWR, CLOCK_LPTIM,
    CLOCK_SYSCFG, CLOCK_USART1, CLOCK_ADC
};

/* Why the chip was reset: position of the flag in RCC_CSR. */
enum reset_flag { RESET_OBL = 25, RESET_PIN, RESET_POWER, RESET_SOFTWARE, RESET_IWDG, RESET_WWDG };

struct rcc {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral RCC;

bool rcc_clocked(const struct machine *machine, enum clock clock);

/* Ticks of a period of the peripherals' clock; of HSI before its divider, which times the flash and can clock the ADC;
 * of LSI, with its error. */
uint32_t rcc_pclk_ticks(const struct machine *machine);
uint32_t rcc_hsi_ticks(const struct machine *machine);
uint32_t rcc_lsi_ticks(const struct machine *machine);
bool rcc_lsi_runs(const struct machine *machine);

/* The chip is to be reset for this reason: sets the flag and stops the machine with STOP_RESET. */
void rcc_reset_chip(struct machine *machine, enum reset_flag flag);

#endif
