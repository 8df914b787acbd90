#include "sound_network.h"

#include "model/sound_map.h"

const char *const sound_network_class_names[sound_network_CLASSES] = {"LOW", "HIGH"};

enum { CERTAIN = 65535, EVEN = 32768 };

/* Each feature counts, and most of them differently, so that the share tells one map from another. */
static int32_t weight(int32_t cell)
{
    int32_t step = cell / LOG_MEL_BANDS;
    return cell % LOG_MEL_BANDS < LOG_MEL_BANDS / 2 ? 5 + step : -5 - step;
}

int sound_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length)
{
    if (features_length != sound_network_FEATURES || out_length != sound_network_CLASSES) {
        return -1;
    }
    int32_t low = EVEN + features[SOUND_MAP_LENGTH];
    for (int32_t cell = 0; cell < SOUND_MAP_LENGTH; cell++) {
        low += features[cell] * weight(cell);
    }
    low = low < 0 ? 0 : low > CERTAIN ? CERTAIN : low;
    out[0] = (uint16_t)low;
    out[1] = (uint16_t)(CERTAIN - low);
    return low < EVEN;
}
