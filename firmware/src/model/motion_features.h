/* Features of motion, 50 Hz: what the models see of the accelerometer. Training runs this very code.
 *
 * Samples are reduced to 8 bits, 32 steps to a g, which costs no accuracy and covers +-4 g. A fourth channel is their
 * magnitude, the root of x2 + y2 + z2, 64 steps to a g; it ends at 4 g. Windows overlap by half.
 *
 * Of each channel x, y, z, m, in this order, the statistics below: features[channel * MOTION_STATISTICS + statistic]. Then
 * of x, y and z the mean of each segment: features[MOTION_STATISTICS_OF_ALL + axis * MOTION_SEGMENTS + segment]. Their unit
 * is 1/256 g, for the magnitude 1/512 g; crossings are counted. All are rounded down.
 *
 * 32 samples and the features of their window take 17,000 cycles, 0.7 ms each 0.64 s. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum motion_statistic {
    MOTION_MEAN,
    MOTION_DEVIATION, /* standard deviation, of the samples and not an estimate for more */
    MOTION_LEAST,
    MOTION_MOST,
    MOTION_MEAN_DEVIATION, /* mean of |sample - mean| */
    MOTION_MEAN_STEP,      /* mean of |sample - the one before| */
    MOTION_CROSSINGS,      /* of the mean; a sample on it counts as above */
    MOTION_TREND,          /* mean of the second half less that of the first */
    MOTION_STATISTICS,
};

enum {
    MOTION_RATE_HZ = 50,
    MOTION_COUNTS_PER_G = 1024, /* of the samples that come in, as the driver gives them */
    MOTION_REDUCED_PER_G = 32,
    MOTION_WINDOW = 64, /* samples */
    MOTION_HOP = 32,
    MOTION_SEGMENT = 8,
    MOTION_SEGMENTS = 8, /* a window */
    MOTION_HOP_SEGMENTS = 4,
    MOTION_AXES = 3,
    MOTION_CHANNELS = 4,
    MOTION_STATISTICS_OF_ALL = 32,
    MOTION_FEATURES = 56,
};

/* One channel of one hop. Two make the statistics of a window, but for those about its mean. */
struct motion_summary {
    uint32_t squares; /* sums */
    uint16_t segments[MOTION_HOP_SEGMENTS];
    uint16_t steps;
    uint8_t least;
    uint8_t most;
};

struct motion_window {
    uint8_t samples[MOTION_WINDOW * MOTION_CHANNELS]; /* a ring; x, y, z and m of a sample lie together */
    struct motion_summary before[MOTION_CHANNELS];   /* of the hop before the one that fills */
    uint16_t next;                                   /* place in the ring */
    bool overlaps;                                   /* `before` is there */
};

/* Before the first sample, and when samples were lost. */
void motion_features_restart(struct motion_window *window);

/* True if the window is full: at the second hop and each one after it, which have filled `features` then. */
bool motion_features_add(struct motion_window *window, int16_t x, int16_t y, int16_t z, int16_t features[MOTION_FEATURES]);
