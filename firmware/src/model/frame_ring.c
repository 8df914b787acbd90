#include "frame_ring.h"

void frame_ring_clear(frame_ring *ring)
{
    ring->next = 0;
    ring->count = 0;
}

uint8_t *frame_ring_push(frame_ring *ring)
{
    uint8_t *levels = ring->levels[ring->next];
    ring->next = (ring->next + 1) % FRAME_RING_FRAMES;
    ring->count += ring->count < FRAME_RING_FRAMES;
    return levels;
}

void frame_ring_keep(frame_ring *ring, uint32_t frames)
{
    if (ring->count > frames) {
        ring->count = (uint8_t)frames;
    }
}

const uint8_t *frame_ring_at(const frame_ring *ring, uint32_t frame)
{
    return ring->levels[(ring->next - ring->count + frame) % FRAME_RING_FRAMES];
}
