#include "model/motion_context.h"

#include <assert.h>

static_assert(MOTION_FEATURES_IN_CONTEXT == MOTION_FEATURES + MOTION_PAST_WINDOWS * MOTION_STATISTICS_OF_ALL, "");

void motion_context_restart(struct motion_context *context)
{
    context->begun = false;
}

void motion_context_add(struct motion_context *context, int16_t features[MOTION_FEATURES_IN_CONTEXT])
{
    for (uint32_t i = 0; i < MOTION_STATISTICS_OF_ALL; i++) {
        int16_t now = features[i];
        int16_t hop_ago = context->begun ? context->past[0][i] : now;
        int16_t two_hops_ago = context->begun ? context->past[1][i] : now;
        features[MOTION_FEATURES + i] = hop_ago;
        features[MOTION_FEATURES + MOTION_STATISTICS_OF_ALL + i] = two_hops_ago;
        context->past[0][i] = now;
        context->past[1][i] = hop_ago;
    }
    context->begun = true;
}
