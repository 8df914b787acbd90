// A frame of sound as the levels of bands that are equally wide on the mel scale.
#ifndef MODEL_LOG_MEL_H
#define MODEL_LOG_MEL_H

#include <stdint.h>

#include "fft_q15.h"
#include "hann_window.h"

enum {
    LOG_MEL_BANDS = 12,           // 100 to 3800 Hz at 8 kHz
    LOG_MEL_STEPS_PER_OCTAVE = 8, // of power: a step is 0.376 dB
};

// Levels of one frame, in 1/8 octave of power; 0 if nothing is to be heard.
// `older` and `newer` are consecutive hops of samples as the converter gives them (12 bits), so that the halves of a DMA
// buffer serve as they are: they are read once, at the very beginning, long before the DMA has come far in the older one.
// `points` is room for the transform.
void log_mel_frame(const uint16_t older[HOP_SAMPLES], const uint16_t newer[HOP_SAMPLES], uint32_t points[FFT_POINTS],
                   uint8_t levels[LOG_MEL_BANDS]);

#endif
