#include "hann_window.h"

#include "sound_tables.h"

enum {
    PREEMPHASIS_SHIFT = 4, // what of the sample before stays: 1/16
    MIDDLE_LEFT = SAMPLE_MIDDLE >> PREEMPHASIS_SHIFT,
    ONE = 1 << 14,      // of the table
    PRODUCT_SHIFT = 14, // 1 - cos is 2 at most; an emphasised sample is at most 3968, its part 7936
    CHANGES = 0x3FFE,   // of bits below the limit of 8192; rounding down alone changes bit 0
};

typedef struct {
    const uint16_t *sample;
    const int16_t *cosine;
    int32_t step;   // along the table of cosines: 1 where the window rises, -1 where it falls
    int32_t before; // what the next sample is less by
} window;

static int32_t subtracted_after(int32_t sample)
{
    return sample - (sample >> PREEMPHASIS_SHIFT) + MIDDLE_LEFT;
}

static inline __attribute__((always_inline)) uint32_t next_part(window *w)
{
    int32_t sample = *w->sample++;
    int32_t emphasised = sample - w->before;
    w->before = subtracted_after(sample);
    int32_t weight = ONE - *w->cosine;
    w->cosine += w->step;
    return (uint32_t)(emphasised * weight >> PRODUCT_SHIFT);
}

static uint32_t next_reversed(uint32_t reversed)
{
    uint32_t carry = FFT_POINTS / 2;
    while (reversed & carry) {
        reversed ^= carry;
        carry >>= 1;
    }
    return reversed | carry;
}

static uint32_t window_hop(window w, uint32_t *points)
{
    uint32_t changes = 0;
    uint32_t reversed = 0;
    const uint16_t *end = w.sample + HOP_SAMPLES;
    do {
        uint32_t re = next_part(&w);
        uint32_t im = next_part(&w);
        uint32_t point = (im << 16) + re;
        points[reversed] = point;
        point += 0x8000; // gives back to the high half what a negative re took, and changes bit 15 only
        changes |= point ^ point << 1;
        reversed = next_reversed(reversed);
    } while (w.sample < end);
    return changes;
}

uint32_t hann_window(const uint16_t older[HOP_SAMPLES], const uint16_t newer[HOP_SAMPLES], uint32_t points[FFT_POINTS])
{
    // the first sample weighs nothing, so it does not matter which one was before it
    uint32_t changes = window_hop((window){older, cosine_q14, 1, 0}, points);
    int32_t before = subtracted_after(older[HOP_SAMPLES - 1]);
    changes |= window_hop((window){newer, cosine_q14 + HOP_SAMPLES, -1, before}, points + 1); // 1 is 64 reversed
    return (changes | changes >> 16) & CHANGES;
}
