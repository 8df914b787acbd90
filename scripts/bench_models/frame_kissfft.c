/* kissfft: kiss_fftr with FIXED_POINT=16, in memory given to it. */
#include "frame_steps.h"

#include "kiss_fftr.h"

static uint32_t state[400];
static kiss_fftr_cfg config;
static int16_t samples[FRAME_SAMPLES];
static union {
    kiss_fft_cpx spectrum[FRAME_SAMPLES / 2 + 1];
    uint32_t power[FRAME_SAMPLES / 2]; /* word by word over what has been read */
} out;
static uint32_t shift;

int frame_prepare(void)
{
    size_t bytes = sizeof state;
    config = kiss_fftr_alloc(FRAME_SAMPLES, 0, state, &bytes);
    return config != 0;
}

void frame_window(const uint16_t *sound)
{
    shift = windowed(sound, samples);
}

void frame_transform(void)
{
    kiss_fftr(config, samples, out.spectrum);
    power_of(&out.spectrum[0].r, out.power);
}

void frame_levels(uint8_t *levels)
{
    mel_levels(out.power, shift, levels);
}
