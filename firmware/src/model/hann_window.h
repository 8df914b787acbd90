// Differences of samples under a Hann window of 256, into the points of the transform.
#ifndef MODEL_HANN_WINDOW_H
#define MODEL_HANN_WINDOW_H

#include <stdint.h>

#include "fft_q15.h"

enum { HOP_SAMPLES = 128 }; // a frame is two hops

// Points in bit-reversed order. A part is 2 * hann(n) * (sample - the sample before), rounded down, where
// hann(n) = (1 - cos(2 pi n / 256)) / 2: at most 8190. The difference lifts high tones as a pre-emphasis does, and leaves
// nothing of the converter's offset, which would take bits from quiet frames.
// Returns the changes for fft_normalising_shift, or 0 if all parts are 0 or -1: nothing is to be heard.
uint32_t hann_window(const uint16_t older[HOP_SAMPLES], const uint16_t newer[HOP_SAMPLES], uint32_t points[FFT_POINTS]);

#endif
