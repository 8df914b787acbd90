// Power spectrum of 256 real samples: a complex FFT of 128 points in place, then the split into real bins.
//
// A point is one integer, im * 65536 + re, both parts q15. So points add and subtract as integers, two parts at once; in the
// high half stands im, less 1 if re is negative.
#ifndef MODEL_FFT_Q15_H
#define MODEL_FFT_Q15_H

#include <stdint.h>

enum {
    FFT_POINTS = 128,       // complex; the real samples 2n and 2n + 1 are the parts of point n
    FFT_INPUT_LIMIT = 8192, // a part is below it, after the shift too
    FFT_POWER_FRACTION = 3, // see fft_power
};

// The shift that brings the largest part to 4096 or more. `changes`: the bits in which any part differs from its next lower
// bit, at least one of bits 1 to 13.
uint32_t fft_normalising_shift(uint32_t changes);

// In: points in bit-reversed order. Out: point k holds sum(point[n] * exp(-2 pi i k n / 128)) * 2^shift / 64. The first four
// points add up without a loss, to 32764 at most; the passes then divide by 8, 4 and 2, so that the modulus of no point gets
// beyond 32768 / sqrt(2), and no part can overflow.
void fft_transform(uint32_t points[FFT_POINTS], uint32_t shift);

// In: the transform above. Out: word k, 1 to 127, holds |R[k]|^2 / 8, where R[k] is the transform of the 256 real samples,
// times 2^shift / 64. By Parseval all of them together are less than 2^26. Word 0 stays as it is.
void fft_power(uint32_t points[FFT_POINTS]);

#endif
