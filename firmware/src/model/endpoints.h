// Where the word begins and ends in the frames that were heard, by level.
#ifndef MODEL_ENDPOINTS_H
#define MODEL_ENDPOINTS_H

#include <stdint.h>

#include "frame_ring.h"

enum {
    ENDPOINT_BELOW_PEAK = 88,  // 33 dB, measured as the best; in steps of log_mel
    ENDPOINT_ABOVE_NOISE = 12, // 4.5 dB
    ENDPOINT_LEAST_RANGE = 16, // 6 dB: noise moves the threshold no closer to the peak
};

typedef struct {
    uint8_t first;
    uint8_t end; // the frame behind the last one
} endpoints;

// A frame's level: its bands' levels added up.
uint32_t frame_level(const uint8_t levels[LOG_MEL_BANDS]);

// From the first frame to the last one whose mean level is at most ENDPOINT_BELOW_PEAK below the loudest frame's, or, where
// `noise` is higher, ENDPOINT_ABOVE_NOISE above that. `noise` is the level of silence as frame_level gives it, 0 if unknown.
// Nothing, first == end, if the ring is empty.
endpoints endpoints_find(const frame_ring *ring, uint32_t noise);

#endif
