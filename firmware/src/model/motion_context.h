/* What the window's past adds to its features: the statistics of the windows that ended one and two hops ago. No more: the
 * recordings follow a script, and a longer context learns the script instead of the motion. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "model/motion_features.h"

enum {
    MOTION_PAST_WINDOWS = 2,
    MOTION_FEATURES_IN_CONTEXT = 120, /* the window's own, the statistics a hop ago, those two hops ago */
};

struct motion_context {
    int16_t past[MOTION_PAST_WINDOWS][MOTION_STATISTICS_OF_ALL];
    bool begun;
};

/* With motion_features_restart. */
void motion_context_restart(struct motion_context *context);

/* The first MOTION_FEATURES are there; fills in the others, and keeps what the next windows need. What was before the first
 * window is taken to be like it. */
void motion_context_add(struct motion_context *context, int16_t features[MOTION_FEATURES_IN_CONTEXT]);
