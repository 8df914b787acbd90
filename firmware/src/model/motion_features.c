/* A sample costs little when it comes, a hop one pass over its samples, and only what refers to the window's mean a pass
 * over all of it. */
#include "model/motion_features.h"

#include <assert.h>

#define REDUCED_BITS 5 /* counts to a reduced step: 32 */
#define UNIT_BITS 3    /* units of the features to a reduced step: 8 */
#define WINDOW_BITS 6
#define HOP_BITS 5
/* UNIT / (WINDOW - 1) as a multiplication: 8 / 63 * 2^16, too small by 4 in a million */
#define STEP_MEAN 8322u
#define STEP_MEAN_BITS 16
/* For inner loops, whose variables would be kept on the stack within a larger function. */
#define OWN_REGISTERS __attribute__((noinline))

static_assert(MOTION_COUNTS_PER_G >> REDUCED_BITS == MOTION_REDUCED_PER_G, "");
static_assert(1 << WINDOW_BITS == MOTION_WINDOW && 1 << HOP_BITS == MOTION_HOP && MOTION_WINDOW == 2 * MOTION_HOP, "");
static_assert(MOTION_SEGMENT == 1 << UNIT_BITS && MOTION_SEGMENTS * MOTION_SEGMENT == MOTION_WINDOW, "");
static_assert(2 * MOTION_HOP_SEGMENTS == MOTION_SEGMENTS, "");
static_assert(MOTION_STATISTICS_OF_ALL == MOTION_CHANNELS * MOTION_STATISTICS, "");
static_assert(MOTION_FEATURES == MOTION_STATISTICS_OF_ALL + MOTION_AXES * MOTION_SEGMENTS, "");

enum {
    MAGNITUDE = MOTION_AXES,
    RING = MOTION_WINDOW * MOTION_CHANNELS,
    HALF_RING = MOTION_HOP * MOTION_CHANNELS,
    ZERO = 128, /* of x, y and z in the ring: bytes without a sign load faster, and only means and extremes tell */
};

/* Rounded down. The highest bit of the root is given: if it has a higher one, all of these bits come out as ones. */
OWN_REGISTERS static uint32_t square_root(uint32_t value, uint32_t highest)
{
    uint32_t root = 0;
    for (uint32_t bit = highest; bit; bit >>= 1) {
        uint32_t tried = root | bit;
        if (tried * tried <= value) {
            root = tried;
        }
    }
    return root;
}

/* To the nearest step. */
static int32_t reduced(int32_t counts)
{
    int32_t value = (counts + (1 << (REDUCED_BITS - 1))) >> REDUCED_BITS;
    if (value > INT8_MAX) {
        value = INT8_MAX;
    } else if (value < INT8_MIN) {
        value = INT8_MIN;
    }
    return value;
}

static uint8_t magnitude(int32_t x, int32_t y, int32_t z)
{
    uint32_t squares = (uint32_t)(x * x + y * y + z * z);
    return (uint8_t)square_root(squares << 2, 1u << 7); /* twice the steps to a g */
}

static uint32_t distance(int32_t from, int32_t to)
{
    int32_t difference = to - from;
    return (uint32_t)(difference < 0 ? -difference : difference);
}

/* All ones if negative, else 0: for arithmetic in place of branches. */
static uint32_t sign_mask(int32_t value)
{
    return 0u - ((uint32_t)value >> 31);
}

/* Segments and squares; as `add_shape`, of one channel from `sample` on. */
OWN_REGISTERS static void add_sums(struct motion_summary *hop, const uint8_t *sample)
{
    uint32_t squares = 0;
    for (uint32_t segment = 0; segment < MOTION_HOP_SEGMENTS; segment++) {
        uint32_t total = 0;
        const uint8_t *end = sample + MOTION_SEGMENT * MOTION_CHANNELS;
        do {
            uint32_t value = *sample;
            sample += MOTION_CHANNELS;
            total += value;
            squares += value * value;
        } while (sample != end);
        hop->segments[segment] = (uint16_t)total;
    }
    hop->squares = squares;
}

/* Extremes and steps. */
OWN_REGISTERS static void add_shape(struct motion_summary *hop, const uint8_t *sample)
{
    uint32_t steps = 0;
    uint32_t least = *sample;
    uint32_t most = least;
    uint32_t last = least;
    const uint8_t *end = sample + HALF_RING;
    do {
        uint32_t value = *sample;
        sample += MOTION_CHANNELS;
        least = value < least ? value : least;
        most = value > most ? value : most;
        steps += distance((int32_t)last, (int32_t)value);
        last = value;
    } while (sample != end);
    hop->steps = (uint16_t)steps;
    hop->least = (uint8_t)least;
    hop->most = (uint8_t)most;
}

/* Of one channel of the ring, whose oldest sample is at `oldest`. `mean` was rounded down, so that the deviations have the
 * sum `residue`, and those above the mean tell of those below. */
OWN_REGISTERS static void about_mean(const uint8_t *samples, uint32_t oldest, int32_t mean, uint32_t residue, int16_t *statistics)
{
    uint32_t above = 0;
    uint32_t crossings = 0;
    uint32_t last = sign_mask(samples[oldest] * (1 << UNIT_BITS) - mean);
    uint32_t place = oldest;
    do {
        int32_t deviation = samples[place] * (1 << UNIT_BITS) - mean;
        uint32_t below = sign_mask(deviation);
        above += (uint32_t)deviation & ~below;
        crossings -= below ^ last;
        last = below;
        place = (place + MOTION_CHANNELS) % RING;
    } while (place != oldest);
    statistics[MOTION_MEAN_DEVIATION] = (int16_t)((2 * above - residue) >> WINDOW_BITS);
    statistics[MOTION_CROSSINGS] = (int16_t)crossings;
}

static uint32_t sum(const struct motion_summary *hop)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < MOTION_HOP_SEGMENTS; i++) {
        total += hop->segments[i];
    }
    return total;
}

/* All of one channel. `newest` is the place of the hop that `now` is of. */
static void statistics_of(const uint8_t *samples, uint32_t newest, int32_t zero, const struct motion_summary *before,
                          const struct motion_summary *now, int16_t *statistics)
{
    uint32_t oldest = newest ^ HALF_RING;
    uint32_t first = sum(before);
    uint32_t second = sum(now);
    uint32_t both = first + second;
    uint32_t least = before->least < now->least ? before->least : now->least;
    uint32_t most = before->most > now->most ? before->most : now->most;
    uint32_t step_between = distance(samples[oldest + HALF_RING - MOTION_CHANNELS], samples[newest]);
    /* in squares of the features' unit, which WINDOW is to a square of a reduced step; at most 2^28 before the shift */
    uint32_t variance = ((before->squares + now->squares) * MOTION_WINDOW - both * both) >> WINDOW_BITS;
    int32_t mean = (int32_t)(both >> (WINDOW_BITS - UNIT_BITS));
    statistics[MOTION_MEAN] = (int16_t)(mean - zero);
    statistics[MOTION_DEVIATION] = (int16_t)square_root(variance, 1u << 9);
    statistics[MOTION_LEAST] = (int16_t)((int32_t)(least << UNIT_BITS) - zero);
    statistics[MOTION_MOST] = (int16_t)((int32_t)(most << UNIT_BITS) - zero);
    statistics[MOTION_MEAN_STEP] = (int16_t)((before->steps + step_between + now->steps) * STEP_MEAN >> STEP_MEAN_BITS);
    statistics[MOTION_TREND] = (int16_t)((int32_t)(second - first) >> (HOP_BITS - UNIT_BITS));
    about_mean(samples, oldest, mean, both % (1u << (WINDOW_BITS - UNIT_BITS)) << UNIT_BITS, statistics);
}

/* A segment's sum is its mean in the features' unit. */
static void segment_means(const struct motion_summary *before, const struct motion_summary *now, int32_t zero, int16_t *means)
{
    for (uint32_t i = 0; i < MOTION_HOP_SEGMENTS; i++) {
        means[i] = (int16_t)(before->segments[i] - zero);
        means[MOTION_HOP_SEGMENTS + i] = (int16_t)(now->segments[i] - zero);
    }
}

/* `newest`: place of the first sample of the hop that has just filled; the other half of the ring is the one before. */
OWN_REGISTERS static void take_hop(struct motion_window *window, uint32_t newest, int16_t *features)
{
    for (uint32_t channel = 0; channel < MOTION_CHANNELS; channel++) {
        const uint8_t *samples = window->samples + channel;
        struct motion_summary *before = window->before + channel;
        struct motion_summary now;
        add_sums(&now, samples + newest);
        add_shape(&now, samples + newest);
        if (window->overlaps) {
            int32_t zero = channel == MAGNITUDE ? 0 : ZERO << UNIT_BITS;
            statistics_of(samples, newest, zero, before, &now, features + channel * MOTION_STATISTICS);
            if (channel != MAGNITUDE) {
                segment_means(before, &now, zero, features + MOTION_STATISTICS_OF_ALL + channel * MOTION_SEGMENTS);
            }
        }
        *before = now;
    }
}

void motion_features_restart(struct motion_window *window)
{
    window->next = 0;
    window->overlaps = false;
}

bool motion_features_add(struct motion_window *window, int16_t x, int16_t y, int16_t z, int16_t features[MOTION_FEATURES])
{
    uint8_t *sample = window->samples + window->next;
    int32_t reduced_x = reduced(x);
    int32_t reduced_y = reduced(y);
    int32_t reduced_z = reduced(z);
    sample[0] = (uint8_t)(reduced_x + ZERO);
    sample[1] = (uint8_t)(reduced_y + ZERO);
    sample[2] = (uint8_t)(reduced_z + ZERO);
    sample[MAGNITUDE] = magnitude(reduced_x, reduced_y, reduced_z);
    window->next = (uint16_t)((window->next + MOTION_CHANNELS) % RING);
    if (window->next % HALF_RING != 0) {
        return false;
    }
    bool full = window->overlaps;
    take_hop(window, window->next ^ HALF_RING, features);
    window->overlaps = true;
    return full;
}
