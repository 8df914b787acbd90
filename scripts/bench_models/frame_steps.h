/* What a frame needs beside the FFT, with our own code where a library offers nothing better: so that only the FFT differs. */
#pragma once

#include "model/log_mel.c" /* for its static function */

enum { FRAME_SAMPLES = 256, NORMALISED = 4096 };

/* As hann_window, but in order, and in place of changes the shift that brings the largest to 4096 or more. */
static uint32_t windowed(const uint16_t *sound, int16_t *out)
{
    uint32_t largest = 1;
    int32_t before = sound[0];
    for (int n = 0; n < FRAME_SAMPLES; n++) {
        int32_t cosine = n < HOP_SAMPLES ? cosine_q14[n] : -cosine_q14[n - HOP_SAMPLES];
        int32_t value = (sound[n] - before) * ((1 << 14) - cosine) >> 14;
        before = sound[n];
        out[n] = (int16_t)value;
        uint32_t magnitude = (uint32_t)(value < 0 ? -value : value);
        largest = magnitude > largest ? magnitude : largest;
    }
    uint32_t shift = 0;
    while (largest << shift < NORMALISED) {
        shift++;
    }
    for (int n = 0; n < FRAME_SAMPLES; n++) {
        out[n] = (int16_t)((uint32_t)out[n] << shift);
    }
    return shift;
}

static void power_of(const int16_t *spectrum, uint32_t *power)
{
    for (int bin = 0; bin < FRAME_SAMPLES / 2; bin++) {
        int32_t re = spectrum[2 * bin];
        int32_t im = spectrum[2 * bin + 1];
        power[bin] = (uint32_t)(re * re + im * im);
    }
}
