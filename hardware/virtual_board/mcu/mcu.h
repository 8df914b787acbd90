/* The microcontroller's peripherals: their state, where they are, and which clock each needs. */
#ifndef MCU_H
#define MCU_H

#include <stdbool.h>
#include <stdint.h>

#include "adc.h"
#include "dma.h"
#include "exti.h"
#include "flash.h"
#include "gpio.h"
#include "i2c.h"
#include "iwdg.h"
#include "lptim.h"
#include "pwr.h"
#include "rcc.h"
#include "syscfg.h"
#include "tim3.h"
#include "usart.h"

/* Slots of the peripherals in a machine, in the order of the table in mcu.c. */
enum mcu_slot {
    SLOT_RCC, SLOT_PWR, SLOT_FLASH, SLOT_FLASH_ARRAY, SLOT_SYSCFG, SLOT_IWDG, SLOT_LPTIM,
    SLOT_GPIO, SLOT_EXTI, SLOT_USART1, SLOT_I2C,
    SLOT_ADC, SLOT_DMA, SLOT_TIM3,
    SLOT_OUTSIDE,
    SLOTS
};

/* Part of struct state: no pointers. */
struct mcu {
    bool present; /* false for a bare core */
    struct rcc rcc;
    struct pwr pwr;
    struct flash flash;
    struct syscfg syscfg;
    struct iwdg iwdg;
    struct lptim lptim;
    struct gpio gpio;
    struct exti exti;
    struct usart usart;
    struct i2c i2c;
    struct adc adc;
    struct dma dma;
    struct tim3 tim3;
};

#endif
