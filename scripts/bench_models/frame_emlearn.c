/* emlearn's eml_audio, all in float: what eml_audio_melspectrogram does, and the logarithm. */
#include "eml_audio.h"

#include <stdint.h>

enum { SAMPLES = 256, BINS = SAMPLES / 2 + 1, BANDS = 12, STEPS_PER_OCTAVE = 8 };

static float real[SAMPLES];
static float imaginary[SAMPLES];
static float sines[SAMPLES / 2];
static float cosines[SAMPLES / 2];
static const EmlFFT table = {SAMPLES / 2, sines, cosines};

void frame_prepare(void)
{
    eml_fft_fill(table, SAMPLES);
}

void frame_window(const uint16_t *sound)
{
    for (int n = 0; n < SAMPLES; n++) {
        real[n] = (float)(sound[n] - sound[n > 0 ? n - 1 : 0]);
        imaginary[n] = 0;
    }
    eml_signal_hann_apply(real, SAMPLES);
}

void frame_transform(void)
{
    eml_fft_forward(table, real, imaginary, SAMPLES);
    EmlVector spectrum = {real, SAMPLES};
    EmlVector power = {imaginary, BINS};
    eml_audio_power_spectrogram(spectrum, power, SAMPLES);
}

void frame_levels(uint8_t *levels)
{
    EmlAudioMel mel = {.n_mels = BANDS, .fmin = 100, .fmax = 3800, .n_fft = SAMPLES, .samplerate = 8000};
    EmlVector power = {imaginary, BINS};
    EmlVector bands = {real, BANDS};
    eml_audio_melspec(mel, power, bands);
    for (int band = 0; band < BANDS; band++) {
        levels[band] = (uint8_t)(STEPS_PER_OCTAVE * log2f(real[band] + 1));
    }
}
