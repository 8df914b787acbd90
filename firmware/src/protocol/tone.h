// Level and frequency of a short piece of sound, for the self-test.
#ifndef PROTOCOL_TONE_H
#define PROTOCOL_TONE_H

#include <stdint.h>

enum {
    TONE_SAMPLES_MAX = 256, // the sum of squares of 12 bit samples has to fit into 32 bits
    TONE_RATE_MAX = 48000,  // Hz
};

typedef struct {
    uint16_t dc;                  // mean, in steps of the converter
    uint16_t rms_sixteenths;      // RMS about the mean, in 1/16 step
    uint32_t frequency_decihertz; // 0 if there are less than two periods
} tone;

// Of 2 to TONE_SAMPLES_MAX samples of 12 bits. The frequency comes from the first and last upward crossing of the mean,
// each interpolated: cheaper than a Goertzel filter per candidate, and it needs no candidates. A crossing counts after the
// signal was half an RMS below the mean, so that noise on a slow tone does not add crossings. Good to 1 % from five periods in
// the buffer, a hundredth of the amplitude as noise, up to a third of the rate: beyond it, half waves go by unseen.
tone tone_measure(const uint16_t *samples, uint32_t count, uint32_t rate_hz);

#endif
