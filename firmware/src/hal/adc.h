/* Single conversions, 12 bits, of the supply's fraction; and the supply itself, from the internal reference. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

#define ADC_FULL_SCALE 4095u
#define ADC_REFERENCE_MV 1200u

/* Clocks, calibrates and enables the converter. */
enum result adc_init(void);

/* With the longest sampling time, 40 us: right for high source resistances and for the reference. */
enum result adc_read(uint32_t channel, uint16_t *counts);

/* The supply in mV; `counts` are of the reference. 0 for a reading of 0, which no supply gives. */
uint32_t adc_supply_mv(uint16_t counts);

/* Reads the reference and converts. */
enum result adc_read_supply_mv(uint32_t *millivolts);

/* Off: it draws some 0.3 mA (datasheet table 6-21) while enabled. */
void adc_off(void);
