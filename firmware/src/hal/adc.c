#include "hal/adc.h"

#include "hal/clock.h"
#include "py32f003.h"

#define TURNS 24000u           /* calibration and conversion take well under 1 ms; these turns are 5 ms and more */
#define SAMPLE_239_5 7u        /* clocks of 6 MHz */
#define ENABLE_US 2u           /* 8 clocks of the converter (vendor's ADC examples) */
#define REFERENCE_START_US 20u /* of the reference's buffer */

static enum result wait_clear(uint32_t bit)
{
    for (uint32_t turn = 0; turn < TURNS; turn++) {
        if (!(ADC_CR & bit)) {
            return RESULT_OK;
        }
    }
    return RESULT_TIMEOUT;
}

enum result adc_init(void)
{
    RCC_APBENR2 |= RCC_APBENR2_ADC;
    adc_off(); /* calibration and choice of clock ask for it */
    ADC_CFGR1 = 0;
    ADC_CFGR2 = ADC_CFGR2_PCLK_4; /* 6 MHz: the most that is allowed below 2.3 V */
    ADC_SMPR = SAMPLE_239_5;
    ADC_CR |= ADC_CR_ADCAL;
    return wait_clear(ADC_CR_ADCAL);
}

void adc_off(void)
{
    if (ADC_CR & ADC_CR_ADSTART) {
        ADC_CR |= ADC_CR_ADSTP;
        (void)wait_clear(ADC_CR_ADSTP); /* disabled anyhow */
    }
    ADC_CR &= ~ADC_CR_ADEN;
    ADC_CCR &= ~ADC_CCR_VREFEN;
}

enum result adc_read(uint32_t channel, uint16_t *counts)
{
    ADC_CHSELR = BIT(channel); /* while disabled */
    if (channel == ADC_CHANNEL_VREFINT) {
        ADC_CCR |= ADC_CCR_VREFEN;
        clock_delay_us(REFERENCE_START_US);
    }
    ADC_CR |= ADC_CR_ADEN;
    clock_delay_us(ENABLE_US);
    ADC_ISR = ADC_ISR_EOC | ADC_ISR_OVR;
    ADC_CR |= ADC_CR_ADSTART;
    enum result result = RESULT_TIMEOUT;
    for (uint32_t turn = 0; turn < TURNS && result != RESULT_OK; turn++) {
        if (ADC_ISR & ADC_ISR_EOC) {
            *counts = (uint16_t)ADC_DR;
            result = RESULT_OK;
        }
    }
    adc_off();
    return result;
}

uint32_t adc_supply_mv(uint16_t counts)
{
    return counts == 0 ? 0 : (ADC_REFERENCE_MV * ADC_FULL_SCALE + counts / 2u) / counts;
}

enum result adc_read_supply_mv(uint32_t *millivolts)
{
    uint16_t counts = 0;
    enum result result = adc_read(ADC_CHANNEL_VREFINT, &counts);
    *millivolts = adc_supply_mv(counts);
    return result;
}
