// The levels of the last second, frame by frame.
#ifndef MODEL_FRAME_RING_H
#define MODEL_FRAME_RING_H

#include <stdint.h>

#include "log_mel.h"

enum { FRAME_RING_FRAMES = 64 }; // 1.04 s: a frame each 16 ms

typedef struct {
    uint8_t levels[FRAME_RING_FRAMES][LOG_MEL_BANDS];
    uint8_t next;
    uint8_t count; // of frames that are there, up to FRAME_RING_FRAMES
} frame_ring;

void frame_ring_clear(frame_ring *ring);

// Where to write the next frame's levels; the oldest one goes if the ring is full.
uint8_t *frame_ring_push(frame_ring *ring);

// Drops the oldest frames, so that at most so many stay.
void frame_ring_keep(frame_ring *ring, uint32_t frames);

// Levels of a frame that is there, 0 the oldest.
const uint8_t *frame_ring_at(const frame_ring *ring, uint32_t frame);

#endif
