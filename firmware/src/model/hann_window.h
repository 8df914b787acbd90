// Pre-emphasis and Hann window of 256 samples, into the points of the transform.
#ifndef MODEL_HANN_WINDOW_H
#define MODEL_HANN_WINDOW_H

#include <stdint.h>

#include "fft_q15.h"

enum {
    HOP_SAMPLES = 128,    // a frame is two hops
    SAMPLE_MIDDLE = 2048, // of the converter's 12 bits: silence
};

// Points in bit-reversed order. A part is 2 * hann(n) * (sample - 15/16 of the sample before - middle/16), rounded down,
// where hann(n) = (1 - cos(2 pi n / 256)) / 2: at most 7936. Returns the changes for fft_normalising_shift, or 0 if all parts
// are 0 or -1: nothing is to be heard.
uint32_t hann_window(const uint16_t older[HOP_SAMPLES], const uint16_t newer[HOP_SAMPLES], uint32_t points[FFT_POINTS]);

#endif
