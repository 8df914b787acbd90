#include "hann_window.h"

#include "sound_tables.h"

enum {
    ONE = 1 << 14,      // of the table
    PRODUCT_SHIFT = 14, // 1 - cos is 2 at most; a difference is at most 4095, its part 8190
    CHANGES = 0x3FFE,   // of bits below the limit of 8192; rounding down alone changes bit 0
};

// The compiler's measure for size makes calls of these, which take longer than what they do.
#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t point_of(int32_t re, int32_t im)
{
    return ((uint32_t)(im >> PRODUCT_SHIFT) << 16) + (uint32_t)(re >> PRODUCT_SHIFT);
}

INLINE uint32_t changes_of(uint32_t point)
{
    point += 0x8000; // gives back to the high half what a negative re took, and changes bit 15 only
    return point ^ point << 1;
}

static uint32_t next_reversed(uint32_t reversed)
{
    uint32_t carry = FFT_POINTS / 2;
    reversed ^= carry;
    while (!(reversed & carry)) {
        carry >>= 1;
        reversed ^= carry;
    }
    return reversed;
}

// The window rises over the older hop by 1 - cos and falls over the newer one by 1 + cos.
uint32_t hann_window(const uint16_t older[HOP_SAMPLES], const uint16_t newer[HOP_SAMPLES], uint32_t points[FFT_POINTS])
{
    const int16_t *cosine = cosine_q14;
    int32_t older_before = 0; // the first sample weighs nothing, whatever was before it
    int32_t newer_before = older[HOP_SAMPLES - 1];
    uint32_t changes = 0;
    uint32_t reversed = 0;
    do {
        int32_t first = *cosine++;
        int32_t second = *cosine++;
        int32_t sample = *older++;
        int32_t after = *older++;
        uint32_t point = point_of((sample - older_before) * (ONE - first), (after - sample) * (ONE - second));
        older_before = after;
        points[reversed] = point;
        changes |= changes_of(point);
        sample = *newer++;
        after = *newer++;
        point = point_of((sample - newer_before) * (ONE + first), (after - sample) * (ONE + second));
        newer_before = after;
        points[reversed + 1] = point; // 1 is 64 reversed
        changes |= changes_of(point);
        reversed = next_reversed(reversed);
    } while (!(reversed & 1));
    return (changes | changes >> 16) & CHANGES;
}
