/* CMSIS-DSP: arm_cfft_q15 of 128 points, whose tables are small, and our own split into real bins. */
#include "frame_steps.h"

#include "arm_const_structs.h"

static int16_t samples[FRAME_SAMPLES];
static uint32_t points[FFT_POINTS];
static uint32_t shift;

void frame_prepare(void)
{
}

void frame_window(const uint16_t *sound)
{
    shift = windowed(sound, samples);
}

void frame_transform(void)
{
    arm_cfft_q15(&arm_cfft_sR_q15_len128, samples, 0, 1);
    for (uint32_t n = 0; n < FFT_POINTS; n++) {
        points[n] = ((uint32_t)samples[2 * n + 1] << 16) + (uint32_t)samples[2 * n];
    }
    fft_power(points);
}

void frame_levels(uint8_t *levels)
{
    mel_levels(points, shift, levels);
}
