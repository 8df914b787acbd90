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

/* Registers that have a bit for each peripheral, by the bus that it is on. */
enum rcc_bus { BUS_IOP, BUS_AHB, BUS_APB1, BUS_APB2, RCC_BUSES };

/* Why the chip was reset: position of the flag in RCC_CSR. */
enum reset_flag { RESET_OBL = 25, RESET_PIN, RESET_POWER, RESET_SOFTWARE, RESET_IWDG, RESET_WWDG };

/* RCC_CCIPR.LPTIMSEL */
enum lptim_clock { LPTIM_CLOCK_PCLK, LPTIM_CLOCK_LSI };

struct oscillator {
    bool ready;
    uint64_t ready_at; /* NEVER unless it is starting */
    int32_t error_ppm; /* of its frequency with the factory's trim */
};

struct rcc {
    uint32_t cr, icscr, cfgr, ecscr, cier, cifr, ccipr, csr;
    uint32_t enabled[RCC_BUSES], in_reset[RCC_BUSES];
    struct oscillator hsi, lsi;
    bool lsi_forced;  /* by the watchdog */
    bool reset_asked; /* by a peripheral that set its flag, since the last reset */
};

extern const struct peripheral RCC;

/* The peripheral's clock is on and it is not held in reset. */
bool rcc_clocked(const struct machine *machine, enum clock clock);

/* Ticks of a period of the peripherals' clock; of HSI before its divider, which times the flash and can clock the ADC;
 * of LSI, with its error. */
uint32_t rcc_pclk_ticks(const struct machine *machine);
uint32_t rcc_hsi_ticks(const struct machine *machine);
uint32_t rcc_lsi_ticks(const struct machine *machine);
bool rcc_lsi_runs(const struct machine *machine);
enum lptim_clock rcc_lptim_clock(const struct machine *machine);

/* Once the watchdog runs, LSI runs until the next reset. */
void rcc_force_lsi(struct machine *machine);

/* The chip is to be reset for this reason: sets the flag and stops the machine with STOP_RESET. */
void rcc_reset_chip(struct machine *machine, enum reset_flag flag);

#endif
