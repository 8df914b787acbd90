// What the model sees of a word: its levels over a fixed number of steps in time, and how long it was.
#ifndef MODEL_SOUND_MAP_H
#define MODEL_SOUND_MAP_H

#include <stdint.h>

#include "endpoints.h"
#include "frame_ring.h"

enum {
    SOUND_MAP_STEPS = 16,
    SOUND_MAP_RANGE = 128,          // 48 dB: what is further below the loudest is cut off, noise mostly
    SOUND_MAP_LENGTH_FRACTION = 4,  // bits: the length counts in 1/16 octave
};

typedef struct {
    int8_t levels[SOUND_MAP_STEPS][LOG_MEL_BANDS]; // less their mean, in steps of log_mel
    int8_t length;                                 // log2(frames / 16), in 1/16
} sound_map;

// Of a word of at least one frame. Step j is the level at (j + 1/2) / 16 of the way, linear between the middles of frames;
// the frames around the word, where there are any, are used for that as well.
void sound_map_make(const frame_ring *ring, endpoints word, sound_map *map);

#endif
