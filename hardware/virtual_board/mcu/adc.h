#ifndef ADC_H
#define ADC_H

#include "peripheral.h"

enum adc_phase { ADC_IDLE, ADC_SAMPLING, ADC_CONVERTING, ADC_WAITING, ADC_CALIBRATING };

struct adc {
    uint32_t isr, ier, cr, cfgr1, cfgr2, smpr, tr, chselr, dr, ccsr, ccr;
    uint32_t phase;        /* enum adc_phase; idle also while a trigger is awaited */
    uint32_t left;         /* channels of the sequence that are still to be converted, the present one among them */
    uint32_t channel, result;
    uint64_t phase_ends;
    uint64_t enabled_at, sampled_at;
    uint64_t stopped_at;   /* since when STOP has had the clock off; NEVER else */
};

extern const struct peripheral ADC;

enum adc_trigger { ADC_TRIGGER_TIM1_TRGO, ADC_TRIGGER_TIM1_CH4, ADC_TRIGGER_TIM3_TRGO = 3 };
/* At this time, which may be some cycles ago: the instruction in progress had to end. */
void adc_trigger(struct machine *machine, enum adc_trigger source, uint64_t at);

#endif
