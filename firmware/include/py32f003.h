/* Registers of the PY32F003 that the firmware uses: one a line, its bits right below.
 *
 * Source: PY32F003 datasheet rev. 1.2; Puya's py32f003x6.h, low-layer headers and SVD file. The reference manual is not
 * public, so what only the vendor's code shows is marked (vendor code).
 */
#pragma once

#include <stdint.h>

/* By base and offset, as far as an instruction's offset reaches: the compiler then loads one address for all of them. */
struct registers {
    uint32_t at[32];
};
#define REGISTER_AT(base, offset) (((volatile struct registers *)(base))->at[(offset) / 4u])
#define REGISTER(address) REGISTER_AT((address) & ~0x7Fu, (address) & 0x7Fu)
#define BIT(n) (1u << (n))

/* Ports: a pin is named by its port's address and its bit, as generated/pins.h has them. */
#define GPIO_A 0x50000000u
#define GPIO_B 0x50000400u
#define GPIO_F 0x50001400u
#define GPIO_MODER(port) REGISTER_AT(port, 0x00) /* two bits a pin */
#define GPIO_MODE_INPUT 0u
#define GPIO_MODE_OUTPUT 1u
#define GPIO_MODE_FUNCTION 2u
#define GPIO_MODE_ANALOG 3u
#define GPIO_OTYPER(port) REGISTER_AT(port, 0x04) /* 1: open drain */
#define GPIO_PUPDR(port) REGISTER_AT(port, 0x0C)  /* two bits a pin */
#define GPIO_PULL_NONE 0u
#define GPIO_PULL_UP 1u
#define GPIO_PULL_DOWN 2u
#define GPIO_IDR(port) REGISTER_AT(port, 0x10)
#define GPIO_BSRR(port) REGISTER_AT(port, 0x18) /* low half sets, high half resets */
#define GPIO_AFRL(port) REGISTER_AT(port, 0x20) /* four bits a pin, pins 0 to 7 */
#define GPIO_AFRH(port) REGISTER_AT(port, 0x24) /* pins 8 to 15 */
#define GPIO_BRR(port) REGISTER_AT(port, 0x28)

/* Clocks and resets */
#define RCC_CR REGISTER(0x40021000)
#define RCC_CR_HSIRDY BIT(10)
#define RCC_ICSCR REGISTER(0x40021004)
#define RCC_ICSCR_HSI_MASK 0xFFFFu /* trim [12:0], range [15:13] */
#define RCC_ICSCR_HSI_24MHZ (4u << 13)
#define RCC_ICSCR_LSI_TRIM 16 /* position of 9 bits */
#define RCC_CFGR REGISTER(0x40021008)
#define RCC_CFGR_HPRE_4 (9u << 8) /* HCLK, and with it PCLK: a quarter of HSI */
#define RCC_IOPENR REGISTER(0x40021034)
#define RCC_IOPENR_A BIT(0)
#define RCC_IOPENR_B BIT(1)
#define RCC_IOPENR_F BIT(5)
#define RCC_AHBENR REGISTER(0x40021038)
#define RCC_AHBENR_DMA BIT(0)
#define RCC_APBENR1 REGISTER(0x4002103C)
#define RCC_APBENR1_TIM3 BIT(1)
#define RCC_APBENR1_I2C BIT(21)
#define RCC_APBENR1_PWR BIT(28)
#define RCC_APBENR1_LPTIM BIT(31)
#define RCC_APBENR2 REGISTER(0x40021040)
#define RCC_APBENR2_SYSCFG BIT(0)
#define RCC_APBENR2_USART1 BIT(14)
#define RCC_APBENR2_ADC BIT(20)
#define RCC_APBRSTR1 REGISTER(0x4002102C)
#define RCC_APBRSTR1_I2C BIT(21)
#define RCC_CCIPR REGISTER(0x40021054)
#define RCC_CCIPR_LPTIM_LSI (1u << 18)
#define RCC_CCIPR_LPTIM_MASK (3u << 18)
#define RCC_CSR REGISTER(0x40021060)
#define RCC_CSR_LSION BIT(0)
#define RCC_CSR_LSIRDY BIT(1)
#define RCC_CSR_RMVF BIT(23) /* clears the reset flags */
#define RCC_CSR_RESET_FLAGS 25 /* position: option bytes, pin, power, software, IWDG, WWDG */

/* Flash */
#define FLASH_ACR REGISTER(0x40022000)
#define FLASH_KEYR REGISTER(0x40022008)
#define FLASH_KEY1 0x45670123u
#define FLASH_KEY2 0xCDEF89ABu
#define FLASH_SR REGISTER(0x40022010)
#define FLASH_SR_EOP BIT(0)
#define FLASH_SR_WRPERR BIT(4)
#define FLASH_SR_BSY BIT(16)
#define FLASH_CR REGISTER(0x40022014)
#define FLASH_CR_PG BIT(0)
#define FLASH_CR_PER BIT(1)
#define FLASH_CR_PGSTRT BIT(19)
#define FLASH_CR_EOPIE BIT(24) /* EOP is set only while this is (vendor code) */
#define FLASH_CR_LOCK BIT(31)
#define FLASH_TS0 REGISTER(0x40022100) /* timing in clock cycles: reset values are for 24 MHz */
#define FLASH_TS1 REGISTER(0x40022104)
#define FLASH_TS2P REGISTER(0x40022108)
#define FLASH_TPS3 REGISTER(0x4002210C)
#define FLASH_TS3 REGISTER(0x40022110)
#define FLASH_PERTPE REGISTER(0x40022114)
#define FLASH_SMERTPE REGISTER(0x40022118)
#define FLASH_PRGTPE REGISTER(0x4002211C)
#define FLASH_PRETPE REGISTER(0x40022120)

/* Interrupt lines */
#define EXTI_RTSR REGISTER(0x40021800)
#define EXTI_FTSR REGISTER(0x40021804)
#define EXTI_PR REGISTER(0x4002180C)                  /* write one to clear */
#define EXTI_EXTICR(n) REGISTER_AT(0x40021860, 4u * (n)) /* eight bits a line: 0 = A, 1 = B, 2 = F */
#define EXTI_IMR REGISTER(0x40021880)
#define EXTI_LINE_LPTIM BIT(29)

/* Serial port */
#define USART1_SR REGISTER(0x40013800)
#define USART_SR_PE BIT(0)
#define USART_SR_FE BIT(1)
#define USART_SR_NE BIT(2)
#define USART_SR_ORE BIT(3)
#define USART_SR_RXNE BIT(5)
#define USART_SR_TC BIT(6)
#define USART_SR_TXE BIT(7)
#define USART1_DR REGISTER(0x40013804)
#define USART1_BRR REGISTER(0x40013808)
#define USART1_CR1 REGISTER(0x4001380C)
#define USART_CR1_RE BIT(2)
#define USART_CR1_TE BIT(3)
#define USART_CR1_RXNEIE BIT(5)
#define USART_CR1_UE BIT(13)

/* I2C, F1 layout */
#define I2C_CR1 REGISTER(0x40005400)
#define I2C_CR1_PE BIT(0)
#define I2C_CR1_START BIT(8)
#define I2C_CR1_STOP BIT(9)
#define I2C_CR1_ACK BIT(10)
#define I2C_CR1_POS BIT(11)
#define I2C_CR2 REGISTER(0x40005404) /* [5:0]: PCLK in MHz */
#define I2C_DR REGISTER(0x40005410)
#define I2C_SR1 REGISTER(0x40005414)
#define I2C_SR1_SB BIT(0)
#define I2C_SR1_ADDR BIT(1)
#define I2C_SR1_BTF BIT(2)
#define I2C_SR1_RXNE BIT(6)
#define I2C_SR1_TXE BIT(7)
#define I2C_SR1_BERR BIT(8)
#define I2C_SR1_ARLO BIT(9)
#define I2C_SR1_AF BIT(10)
#define I2C_SR2 REGISTER(0x40005418)
#define I2C_SR2_BUSY BIT(1)
#define I2C_CCR REGISTER(0x4000541C)
#define I2C_CCR_FAST BIT(15)
#define I2C_TRISE REGISTER(0x40005420)

/* ADC, F0 layout */
#define ADC_ISR REGISTER(0x40012400) /* write one to clear */
#define ADC_ISR_EOC BIT(2)
#define ADC_ISR_OVR BIT(4)
#define ADC_CR REGISTER(0x40012408)
#define ADC_CR_ADEN BIT(0)
#define ADC_CR_ADSTART BIT(2)
#define ADC_CR_ADSTP BIT(4)
#define ADC_CR_ADCAL BIT(31)
#define ADC_CFGR1 REGISTER(0x4001240C)
#define ADC_CFGR1_DMAEN BIT(0)
#define ADC_CFGR1_DMACFG BIT(1) /* circular */
#define ADC_CFGR1_TRIGGER_TIM3 (3u << 6)
#define ADC_CFGR1_TRIGGER_RISING (1u << 10)
#define ADC_CFGR1_OVRMOD BIT(12)
#define ADC_CFGR2 REGISTER(0x40012410)
#define ADC_CFGR2_PCLK_4 (2u << 28)
#define ADC_SMPR REGISTER(0x40012414) /* 3.5 5.5 7.5 13.5 28.5 41.5 71.5 239.5 clocks */
#define ADC_CHSELR REGISTER(0x40012428)
#define ADC_CHANNEL_VREFINT 12u
#define ADC_DR REGISTER(0x40012440)
#define ADC_CCR REGISTER(0x40012708)
#define ADC_CCR_VREFEN BIT(22)

/* DMA channel 1; which request it serves is chosen in SYSCFG */
#define DMA_ISR REGISTER(0x40020000)
#define DMA_TC1 BIT(1)
#define DMA_HT1 BIT(2)
#define DMA_TE1 BIT(3)
#define DMA_IFCR REGISTER(0x40020004)
#define DMA_CCR1 REGISTER(0x40020008)
#define DMA_CCR_EN BIT(0)
#define DMA_CCR_TCIE BIT(1)
#define DMA_CCR_HTIE BIT(2)
#define DMA_CCR_TEIE BIT(3)
#define DMA_CCR_CIRC BIT(5)
#define DMA_CCR_MINC BIT(7)
#define DMA_CCR_PSIZE_16 (1u << 8)
#define DMA_CCR_MSIZE_16 (1u << 10)
#define DMA_CNDTR1 REGISTER(0x4002000C)
#define DMA_CPAR1 REGISTER(0x40020010)
#define DMA_CMAR1 REGISTER(0x40020014)
#define SYSCFG_CFGR3 REGISTER(0x4001001C)
#define SYSCFG_CFGR3_CHANNEL1_MASK 0x1Fu
#define SYSCFG_CFGR3_CHANNEL1_ADC 0u

/* Timer 3, F0 layout */
#define TIM3_CR1 REGISTER(0x40000400)
#define TIM_CR1_CEN BIT(0)
#define TIM3_CR2 REGISTER(0x40000404)
#define TIM_CR2_TRGO_UPDATE (2u << 4)
#define TIM3_EGR REGISTER(0x40000414)
#define TIM_EGR_UG BIT(0)
#define TIM3_PSC REGISTER(0x40000428)
#define TIM3_ARR REGISTER(0x4000042C)

/* Low-power timer: one-shot only */
#define LPTIM_ISR REGISTER(0x40007C00)
#define LPTIM_ICR REGISTER(0x40007C04)
#define LPTIM_IER REGISTER(0x40007C08) /* written while disabled */
#define LPTIM_ARRM BIT(1)
#define LPTIM_CFGR REGISTER(0x40007C0C) /* written while disabled */
#define LPTIM_CFGR_PRESC 9              /* position of log2 of the divider */
#define LPTIM_CR REGISTER(0x40007C10)
#define LPTIM_CR_ENABLE BIT(0)
#define LPTIM_CR_SNGSTRT BIT(1)
#define LPTIM_ARR REGISTER(0x40007C18)
#define LPTIM_CNT REGISTER(0x40007C1C)

/* Watchdog, clocked by LSI */
#define IWDG_KR REGISTER(0x40003000)
#define IWDG_KR_START 0xCCCCu
#define IWDG_KR_RELOAD 0xAAAAu
#define IWDG_KR_UNLOCK 0x5555u
#define IWDG_PR REGISTER(0x40003004) /* divider 4 << n */
#define IWDG_RLR REGISTER(0x40003008)
#define IWDG_SR REGISTER(0x4000300C) /* not 0 while a write to PR or RLR is under way */

/* Power */
#define PWR_CR1 REGISTER(0x40007000)
#define PWR_CR1_VOS BIT(9)  /* 1.0 V in STOP */
#define PWR_CR1_LPR BIT(14) /* low-power regulator in STOP */

/* Factory words */
#define FACTORY_UID 0x1FFF0E00u
#define FACTORY_HSI_24MHZ REGISTER(0x1FFF0F10)
#define FACTORY_FLASH_TIMING_24MHZ 0x1FFF0F6Cu /* five words */
#define FACTORY_LSI REGISTER(0x1FFF0FA4)

/* Core: ARMv6-M Architecture Reference Manual, chapter B3 */
#define SYST_CSR REGISTER(0xE000E010)
#define SYST_CSR_ENABLE BIT(0)
#define SYST_CSR_TICKINT BIT(1)
#define SYST_CSR_PROCESSOR_CLOCK BIT(2)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define NVIC_ISER REGISTER(0xE000E100)
#define NVIC_ICER REGISTER(0xE000E180)
#define NVIC_ICPR REGISTER(0xE000E280)
#define SCB_ICSR REGISTER(0xE000ED04u)
#define SCB_ICSR_PENDSTCLR BIT(25)
#define SCB_ICSR_PENDSTSET BIT(26)
#define SCB_VTOR REGISTER(0xE000ED08)
#define SCB_AIRCR REGISTER(0xE000ED0C)
#define SCB_AIRCR_RESET 0x05FA0004u /* key and SYSRESETREQ */
#define SCB_SCR REGISTER(0xE000ED10)
#define SCB_SCR_SLEEPDEEP BIT(2)

/* Interrupts by number */
#define IRQ_EXTI0_1 5
#define IRQ_EXTI2_3 6
#define IRQ_EXTI4_15 7
#define IRQ_DMA_CHANNEL1 9
#define IRQ_LPTIM 17
#define IRQ_USART1 27
#define IRQ_COUNT 32
