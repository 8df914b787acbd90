#include "motion_network.h"

#include "model/motion_features.h"

const char *const motion_network_class_names[motion_network_CLASSES] = {"SHAKEN", "UPRIGHT", "FLAT"};

/* A deviation of a quarter g, up and down again twice: more than a change of pose makes. */
enum { SHAKEN_DEVIATION = 64, SHAKEN_CROSSINGS = 4, CERTAIN = 65535 };

static int32_t statistic(const int16_t *features, uint32_t axis, enum motion_statistic which)
{
    return features[axis * MOTION_STATISTICS + which];
}

/* 1/256 g of the axis' mean to 1/65535. */
static uint16_t share(const int16_t *features, uint32_t axis)
{
    int32_t mean = statistic(features, axis, MOTION_MEAN);
    return (uint16_t)(mean < 0 ? 0 : mean > 255 ? CERTAIN : mean << 8);
}

int motion_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length)
{
    if (features_length != motion_network_FEATURES || out_length != motion_network_CLASSES) {
        return -1;
    }
    bool shaken = statistic(features, 2, MOTION_DEVIATION) >= SHAKEN_DEVIATION &&
                  statistic(features, 2, MOTION_CROSSINGS) >= SHAKEN_CROSSINGS;
    out[0] = shaken ? CERTAIN : 0;
    out[1] = shaken ? 0 : share(features, 0);
    out[2] = shaken ? 0 : share(features, 2);
    return 0;
}
