#include "hal/adc_stream.h"

#include <stddef.h>

#include "hal/adc.h"
#include "hal/clock.h"
#include "hal/irq.h"

#define SAMPLE_41_5 5u /* with 12 for the conversion 9 us at 6 MHz */
#define RATE_MAX_HZ 80000u
#define PERIOD_MAX 65536u
#define ENABLE_US 2u

static const uint16_t *halves[2];
static uint32_t samples; /* of both */
static const uint16_t *volatile filled;
static volatile uint32_t lost;

enum result adc_stream_start(const struct adc_stream_config *config, uint16_t *buffer, uint32_t half_samples)
{
    if (config->rate_hz == 0 || config->rate_hz > RATE_MAX_HZ || F_CPU % config->rate_hz ||
        F_CPU / config->rate_hz > PERIOD_MAX) {
        return RESULT_BAD_ARGUMENT;
    }
    halves[0] = buffer;
    halves[1] = buffer + half_samples;
    samples = 2u * half_samples;
    filled = NULL;
    lost = 0;

    RCC_AHBENR |= RCC_AHBENR_DMA;
    RCC_APBENR2 |= RCC_APBENR2_SYSCFG;
    SYSCFG_CFGR3 = (SYSCFG_CFGR3 & ~SYSCFG_CFGR3_CHANNEL1_MASK) | SYSCFG_CFGR3_CHANNEL1_ADC;
    DMA_CCR1 = 0; /* addresses and count may be written only while off */
    DMA_CPAR1 = (uint32_t)&ADC_DR;
    DMA_CMAR1 = (uint32_t)buffer;
    DMA_CNDTR1 = samples;
    DMA_IFCR = DMA_TC1 | DMA_HT1 | DMA_TE1;
    DMA_CCR1 = DMA_CCR_PSIZE_16 | DMA_CCR_MSIZE_16 | DMA_CCR_MINC | DMA_CCR_CIRC | DMA_CCR_HTIE | DMA_CCR_TCIE | DMA_CCR_EN;
    irq_enable_line(IRQ_DMA_CHANNEL1);

    ADC_CHSELR = BIT(config->channel);
    ADC_SMPR = SAMPLE_41_5;
    ADC_CFGR1 = ADC_CFGR1_TRIGGER_TIM3 | ADC_CFGR1_TRIGGER_RISING | ADC_CFGR1_DMACFG | ADC_CFGR1_DMAEN | ADC_CFGR1_OVRMOD;
    ADC_CR |= ADC_CR_ADEN;
    clock_delay_us(ENABLE_US);
    ADC_CR |= ADC_CR_ADSTART; /* waits for the trigger */

    RCC_APBENR1 |= RCC_APBENR1_TIM3;
    TIM3_PSC = 0;
    TIM3_ARR = F_CPU / config->rate_hz - 1u;
    TIM3_CR2 = TIM_CR2_TRGO_UPDATE;
    TIM3_EGR = TIM_EGR_UG;
    TIM3_CR1 = TIM_CR1_CEN;
    return RESULT_OK;
}

void adc_stream_stop(void)
{
    TIM3_CR1 = 0;
    irq_disable_line(IRQ_DMA_CHANNEL1);
    DMA_CCR1 = 0;
    adc_off();
    ADC_CFGR1 = 0;
    RCC_APBENR1 &= ~RCC_APBENR1_TIM3;
    RCC_AHBENR &= ~RCC_AHBENR_DMA;
}

const uint16_t *adc_stream_take(void)
{
    uint32_t state = irq_disable();
    const uint16_t *half = filled;
    filled = NULL;
    irq_restore(state);
    return half;
}

uint32_t adc_stream_lost(void)
{
    return lost;
}

uint32_t adc_stream_position(void)
{
    return samples - DMA_CNDTR1;
}

void adc_stream_handler(void)
{
    uint32_t flags = DMA_ISR & (DMA_TC1 | DMA_HT1 | DMA_TE1);
    DMA_IFCR = flags;
    if (filled != NULL || (flags & DMA_TC1 && flags & DMA_HT1)) {
        lost++;
    }
    filled = halves[flags & DMA_TC1 ? 1 : 0];
}
