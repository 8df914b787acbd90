#include "log_mel.h"

#include "log2_fixed.h"
#include "sound_tables.h"

enum {
    STEPS_PER_SHIFT = 2 * LOG_MEL_STEPS_PER_OCTAVE, // twice the amplitude is two octaves of power
    WEIGHT_SHIFT = 10,                              // of 16 bits, 6 stay: all powers times 63 just fit into 32 bits
    WEIGHT_ONE = 63,
};

// The shift that brought quiet frames up is taken off again.
static uint8_t level(uint32_t weighted_power, uint32_t shift)
{
    uint32_t steps = log2_fixed(weighted_power, 3);
    uint32_t lift = STEPS_PER_SHIFT * shift;
    return (uint8_t)(steps > lift ? steps - lift : 0);
}

// Triangles that overlap by half: between the middles of two bands, the upper one's weight rises from 0 to one, and the
// lower one's is the rest to one.
static void mel_levels(const uint32_t *power, uint32_t shift, uint8_t levels[LOG_MEL_BANDS])
{
    power += MEL_FIRST_BIN;
    uint32_t rising_before = 0;
    for (uint32_t band = 0; band <= LOG_MEL_BANDS; band++) {
        uint32_t total = 0;
        uint32_t rising = 0;
        for (uint32_t weight = mel_slopes[band].first; weight <= UINT16_MAX; weight += mel_slopes[band].step) {
            total += *power;
            rising += *power++ * (weight >> WEIGHT_SHIFT);
        }
        if (band > 0) {
            levels[band - 1] = level(rising_before + total * WEIGHT_ONE - rising, shift);
        }
        rising_before = rising;
    }
}

void log_mel_frame(const uint16_t older[HOP_SAMPLES], const uint16_t newer[HOP_SAMPLES], uint32_t points[FFT_POINTS],
                   uint8_t levels[LOG_MEL_BANDS])
{
    uint32_t changes = hann_window(older, newer, points);
    if (changes == 0) {
        for (uint32_t band = 0; band < LOG_MEL_BANDS; band++) {
            levels[band] = 0;
        }
        return;
    }
    uint32_t shift = fft_normalising_shift(changes);
    fft_transform(points, shift);
    fft_power(points);
    mel_levels(points, shift, levels);
}
