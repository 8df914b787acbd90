#include "sound_map.h"

#include "log2_fixed.h"

enum {
    CELLS = SOUND_MAP_STEPS * LOG_MEL_BANDS,
    PART = 2 * SOUND_MAP_STEPS, // of a frame: the middles of steps and frames are whole numbers of these
};

// In parts of a frame after the middle of the ring's first one, held at the middles of the first and last.
static uint32_t middle_of_step(uint32_t step, endpoints word, uint32_t frames)
{
    uint32_t length = word.end - word.first;
    uint32_t from_edge = PART * word.first + (2 * step + 1) * length;
    uint32_t last = PART * (frames - 1);
    uint32_t at = from_edge > PART / 2 ? from_edge - PART / 2 : 0;
    return at < last ? at : last;
}

// Levels between two frames, for now without a sign.
static void interpolate(const frame_ring *ring, uint32_t at, uint8_t levels[LOG_MEL_BANDS])
{
    uint32_t frame = at / PART;
    uint32_t part = at % PART;
    const uint8_t *before = frame_ring_at(ring, frame);
    const uint8_t *after = frame_ring_at(ring, part ? frame + 1 : frame);
    for (uint32_t band = 0; band < LOG_MEL_BANDS; band++) {
        levels[band] = (uint8_t)((before[band] * (PART - part) + after[band] * part + PART / 2) / PART);
    }
}

static uint32_t loudest(const uint8_t levels[CELLS])
{
    uint32_t peak = 0;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        peak = levels[cell] > peak ? levels[cell] : peak;
    }
    return peak;
}

// Cuts off what is below the range, and takes the mean away, rounded to the nearest: the rest fits 8 bits with a sign.
static void centre(uint8_t levels[CELLS])
{
    uint32_t peak = loudest(levels);
    uint32_t least = peak > SOUND_MAP_RANGE ? peak - SOUND_MAP_RANGE : 0;
    uint32_t sum = 0;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        levels[cell] = levels[cell] > least ? levels[cell] : (uint8_t)least;
        sum += levels[cell];
    }
    uint32_t mean = (sum + CELLS / 2) / CELLS;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        levels[cell] = (uint8_t)(levels[cell] - mean);
    }
}

void sound_map_make(const frame_ring *ring, endpoints word, sound_map *map)
{
    uint8_t *levels = (uint8_t *)map->levels;
    for (uint32_t step = 0; step < SOUND_MAP_STEPS; step++) {
        interpolate(ring, middle_of_step(step, word, ring->count), levels + step * LOG_MEL_BANDS);
    }
    centre(levels);
    uint32_t octaves = log2_fixed(word.end - word.first, SOUND_MAP_LENGTH_FRACTION);
    map->length = (int8_t)((int32_t)octaves - (4 << SOUND_MAP_LENGTH_FRACTION)); // 16 frames are 0
}
