#include "tone.h"

enum { FRACTION = 64 }; // parts of a sample period to which a crossing is placed

static uint32_t square_root(uint32_t value)
{
    uint32_t root = 0;
    for (uint32_t bit = 1u << 15; bit; bit >>= 1) {
        uint32_t tried = root | bit;
        if (tried * tried <= value) {
            root = tried;
        }
    }
    return root;
}

static uint32_t rms_sixteenths(const uint16_t *samples, uint32_t count, uint32_t sum, int32_t dc)
{
    uint32_t squares = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t deviation = samples[i] - dc;
        squares += (uint32_t)(deviation * deviation);
    }
    uint32_t mean = (squares / count << 8) + (squares % count << 8) / count;
    // the mean was rounded to a whole step; what that adds to the square is taken off again
    uint32_t whole = (uint32_t)dc * count;
    uint32_t rounding = (sum > whole ? sum - whole : whole - sum) * 16 / count;
    uint32_t excess = rounding * rounding;
    return square_root(mean > excess ? mean - excess : 0);
}

static uint32_t frequency_decihertz(const uint16_t *samples, uint32_t count, uint32_t rate_hz, int32_t dc, int32_t below)
{
    uint32_t first = 0;
    uint32_t last = 0;
    uint32_t crossings = 0;
    int armed = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (samples[i] < dc - below) {
            armed = 1;
        } else if (armed && samples[i] >= dc) {
            int32_t before = samples[i - 1];
            last = (i - 1) * FRACTION + (uint32_t)(dc - before) * FRACTION / (uint32_t)(samples[i] - before);
            first = crossings++ ? first : last;
            armed = 0;
        }
    }
    if (crossings < 3) {
        return 0;
    }
    return (crossings - 1) * rate_hz * FRACTION * 10 / (last - first); // at most 127 * 48000 * 640: fits into 32 bits
}

tone tone_measure(const uint16_t *samples, uint32_t count, uint32_t rate_hz)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += samples[i];
    }
    uint32_t dc = (sum + count / 2) / count;
    uint32_t rms = rms_sixteenths(samples, count, sum, (int32_t)dc);
    int32_t below = (int32_t)(rms / 32);
    return (tone){
        .dc = (uint16_t)dc,
        .rms_sixteenths = (uint16_t)rms,
        .frequency_decihertz = frequency_decihertz(samples, count, rate_hz, (int32_t)dc, below),
    };
}
