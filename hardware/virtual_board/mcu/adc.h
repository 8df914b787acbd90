#ifndef ADC_H
#define ADC_H

#include "peripheral.h"

struct adc {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral ADC;

enum adc_trigger { ADC_TRIGGER_TIM1_TRGO, ADC_TRIGGER_TIM1_CH4, ADC_TRIGGER_TIM3_TRGO = 3 };
void adc_trigger(struct machine *machine, enum adc_trigger source);

#endif
