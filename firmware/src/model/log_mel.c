#include "log_mel.h"

#include "log2_fixed.h"
#include "sound_tables.h"

enum {
    STEPS_PER_SHIFT = 2 * LOG_MEL_STEPS_PER_OCTAVE, // twice the amplitude is two octaves of power
    WEIGHT_SHIFT = 26,                              // of 32 bits, 6 stay: all powers times 63 just fit into 32 bits
    WEIGHT_ONE = 63,
};

// The shift that brought quiet frames up is taken off again.
static uint8_t level(uint32_t weighted_power, uint32_t shift)
{
    uint32_t steps = log2_fixed(weighted_power, 3);
    uint32_t lift = STEPS_PER_SHIFT * shift;
    return (uint8_t)(steps > lift ? steps - lift : 0);
}

typedef struct {
    const uint32_t *power;
    uint32_t total;  // of the bins of one slope
    uint32_t rising; // the same, each by its weight
} slope_sum;

static __attribute__((noinline)) void add_slope(slope_sum *sum, const mel_slope *slope)
{
    const uint32_t *power = sum->power;
    uint32_t total = 0;
    uint32_t rising = 0;
    uint32_t step = (uint32_t)slope->step << 16;
    uint32_t weight = (uint32_t)slope->first << 16;
    do {
        uint32_t part = *power++;
        total += part;
        rising += part * (weight >> WEIGHT_SHIFT);
        weight += step;
    } while (weight >= step); // until it runs over
    *sum = (slope_sum){power, total, rising};
}

// Triangles that overlap by half: between the middles of two bands, the upper one's weight rises from 0 to one, and the
// lower one's is the rest to one.
static void mel_levels(const uint32_t *power, uint32_t shift, uint8_t levels[LOG_MEL_BANDS])
{
    slope_sum sum = {.power = power + MEL_FIRST_BIN};
    add_slope(&sum, mel_slopes);
    for (uint32_t band = 0; band < LOG_MEL_BANDS; band++) {
        uint32_t rising = sum.rising;
        add_slope(&sum, &mel_slopes[band + 1]);
        levels[band] = level(rising + sum.total * WEIGHT_ONE - sum.rising, shift);
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
