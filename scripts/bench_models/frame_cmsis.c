/* CMSIS-DSP: arm_rfft_q15. Its output is an array of twice the length, half of it the mirrored part. */
#include "frame_steps.h"

#include "dsp/transform_functions.h"

static arm_rfft_instance_q15 instance;
static int16_t samples[FRAME_SAMPLES];
static union {
    int16_t spectrum[2 * FRAME_SAMPLES];
    uint32_t power[FRAME_SAMPLES / 2]; /* word by word over what has been read */
} out;
static uint32_t shift;

void frame_prepare(void)
{
    arm_rfft_init_256_q15(&instance, 0, 1);
}

void frame_window(const uint16_t *sound)
{
    shift = windowed(sound, samples);
}

void frame_transform(void)
{
    arm_rfft_q15(&instance, samples, out.spectrum);
    power_of(out.spectrum, out.power);
}

void frame_levels(uint8_t *levels)
{
    mel_levels(out.power, shift, levels);
}
