/* Sound: timer 3 starts a conversion at the sample rate, DMA fills a buffer of two halves in turn. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"

struct adc_stream_config {
    uint32_t channel;
    uint32_t rate_hz; /* divides 24 MHz without a remainder; 367 Hz to 80 kHz */
};

/* Into a buffer of two halves: one is worked on while the other one fills.
 * After adc_init, which is to be called again before single conversions. */
enum result adc_stream_start(const struct adc_stream_config *config, uint16_t *buffer, uint32_t half_samples);
void adc_stream_stop(void);

/* The half that was filled last, once; NULL if it was taken already. */
const uint16_t *adc_stream_take(void);

/* Halves that nobody took in time, since the start. */
uint32_t adc_stream_lost(void);

/* How many samples of the buffer are filled, from its start. */
uint32_t adc_stream_position(void);

void adc_stream_handler(void);
