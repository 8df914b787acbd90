// What the models see of a word: its levels over a fixed number of steps in time, and how long it was.
#ifndef MODEL_SOUND_MAP_H
#define MODEL_SOUND_MAP_H

#include <stdint.h>

#include "endpoints.h"
#include "frame_ring.h"

enum {
    SOUND_MAP_STEPS = 8,           // of 6, 8, 10, 12 and 16, measured as the best
    SOUND_MAP_POINTS_PER_STEP = 2, // whose mean is the step's level
    SOUND_MAP_RANGE = 128,         // 48 dB: what is further below the loudest is cut off, noise mostly
    SOUND_MAP_LENGTH_FRACTION = 4, // bits: the length counts in 1/16 octave
    SOUND_MAP_LENGTH = 96,         // where the length stands: behind 8 steps of 12 bands
    SOUND_MAP_FEATURES = 97,
};

// Of a word of at least one frame. First the steps' levels, less the mean of all, in steps of log_mel; then
// log2(frames / 16), in 1/16. Point j of the 16 is at (j + 1/2) / 16 of the way, linear between the middles of frames; the
// frames around the word, where there are any, are used for that as well.
void sound_map_make(const frame_ring *ring, endpoints word, int16_t features[SOUND_MAP_FEATURES]);

#endif
