#include "fft_q15.h"

#include "sound_tables.h"

enum { TURN = 256, QUARTER = TURN / 4, ONE = 1 << 14 };

// The compiler's measure for size makes calls of these, which take longer than what they do.
#define INLINE static inline __attribute__((always_inline))

typedef struct {
    int32_t cosine; // q14
    int32_t sine;
} rotation;

typedef struct {
    int32_t re;
    int32_t im;
} complex;

INLINE complex unpacked(uint32_t point)
{
    int32_t re = (int16_t)point;
    return (complex){re, (int32_t)(point - (uint32_t)re) >> 16};
}

INLINE uint32_t packed(int32_t re, int32_t im)
{
    return ((uint32_t)im << 16) + (uint32_t)re;
}

INLINE uint32_t times_minus_j(uint32_t point)
{
    complex value = unpacked(point);
    return packed(value.im, -value.re);
}

INLINE complex turned(complex value, rotation by)
{
    return (complex){by.cosine * value.re + by.sine * value.im, by.cosine * value.im - by.sine * value.re};
}

INLINE uint32_t turned_point(uint32_t point, rotation by, uint32_t shift)
{
    complex value = turned(unpacked(point), by);
    return packed(value.re >> shift, value.im >> shift);
}

INLINE uint32_t scaled_point(uint32_t point, int32_t by, uint32_t shift)
{
    complex value = unpacked(point);
    return packed(value.re * by >> shift, value.im * by >> shift);
}

// By -2 pi angle / 256, for angles below three quarters of a turn.
INLINE rotation rotation_by(uint32_t angle)
{
    return (rotation){
        .cosine = cosine_q14[angle > TURN / 2 ? TURN - angle : angle],
        .sine = cosine_q14[angle > QUARTER ? angle - QUARTER : QUARTER - angle],
    };
}

// Two stages, a butterfly of four points `span` apart. `rounding`: a part of each operand was rounded down, by half a step on
// average, and in the plain sum alone these do not cancel.
INLINE void butterfly4(uint32_t *p, uint32_t span, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t rounding)
{
    uint32_t sum = a + b;
    uint32_t difference = a - b;
    uint32_t sum2 = c + d;
    uint32_t difference2 = times_minus_j(c - d);
    p[0] = sum + sum2 + rounding;
    p[2 * span] = sum - sum2;
    p[span] = difference + difference2;
    p[3 * span] = difference - difference2;
}

// The first two stages turn by quarters only.
static void first_pass(uint32_t *points, uint32_t shift)
{
    const uint32_t *end = points + FFT_POINTS;
    for (uint32_t *p = points; p < end; p += 4) {
        butterfly4(p, 1, p[0] << shift, p[1] << shift, p[2] << shift, p[3] << shift, 0);
    }
}

// Two stages more, which divide the points by 4, or with halving 1 by 8.
INLINE void radix4_pass(uint32_t *points, uint32_t span, uint32_t step, uint32_t halving)
{
    const uint32_t *end = points + FFT_POINTS;
    int32_t one = ONE >> halving;
    for (uint32_t angle = 0; angle < QUARTER; angle += step) {
        rotation once = rotation_by(angle);
        rotation twice = rotation_by(2 * angle);
        rotation thrice = rotation_by(3 * angle);
        once.cosine >>= halving;
        once.sine >>= halving;
        twice.cosine >>= halving;
        twice.sine >>= halving;
        thrice.cosine >>= halving;
        thrice.sine >>= halving;
        for (uint32_t *p = points; p < end; p += 4 * span) {
            uint32_t d = turned_point(p[3 * span], thrice, 16);
            uint32_t c = turned_point(p[2 * span], once, 16);
            uint32_t b = turned_point(p[span], twice, 16);
            uint32_t a = scaled_point(p[0], one, 16);
            butterfly4(p, span, a, b, c, d, packed(2, 2));
        }
        points++;
    }
}

static void last_pass(uint32_t *points)
{
    for (uint32_t angle = 0; angle < TURN / 2; angle += 2) {
        uint32_t b = turned_point(points[FFT_POINTS / 2], rotation_by(angle), 15);
        uint32_t a = scaled_point(points[0], 1, 1);
        points[0] = a + b + packed(1, 1);
        points[FFT_POINTS / 2] = a - b;
        points++;
    }
}

uint32_t fft_normalising_shift(uint32_t changes)
{
    uint32_t shift = 0;
    while (!(changes << shift & FFT_INPUT_LIMIT)) {
        shift++;
    }
    return shift;
}

void fft_transform(uint32_t points[FFT_POINTS], uint32_t shift)
{
    first_pass(points, shift);
    radix4_pass(points, 4, 16, 1);
    radix4_pass(points, 16, 4, 0);
    last_pass(points);
}

INLINE uint32_t squared(int32_t part)
{
    part >>= 15;
    return (uint32_t)(part * part);
}

void fft_power(uint32_t points[FFT_POINTS])
{
    const int16_t *cosine = cosine_q14;
    const int16_t *sine = cosine_q14 + QUARTER;
    uint32_t *low = points;
    uint32_t *high = points + FFT_POINTS;
    do {
        complex a = unpacked(*++low);
        complex b = unpacked(*--high);
        complex odd = turned((complex){a.im + b.im, b.re - a.re}, (rotation){*++cosine, *--sine});
        int32_t even = (a.im - b.im) * ONE;
        uint32_t sum = squared(even + odd.im);
        uint32_t difference = squared(even - odd.im);
        even = (a.re + b.re) * ONE;
        *low = (sum + squared(even + odd.re)) >> FFT_POWER_FRACTION;
        *high = (difference + squared(even - odd.re)) >> FFT_POWER_FRACTION;
    } while (low < high);
}
