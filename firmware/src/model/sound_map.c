#include "sound_map.h"

#include "log2_fixed.h"

enum {
    POINTS = SOUND_MAP_STEPS * SOUND_MAP_POINTS_PER_STEP,
    CELLS = SOUND_MAP_LENGTH,
    PART = 2 * POINTS, // of a frame: the middles of points and frames are whole numbers of these
    ONE_SHIFT = 6,
    ONE = 1 << ONE_SHIFT, // of a level, while it is a sum of parts
};

_Static_assert(CELLS == SOUND_MAP_STEPS * LOG_MEL_BANDS, "the length stands behind the levels");
_Static_assert(CELLS == 96, "divided_by_cells");
_Static_assert(ONE == PART * SOUND_MAP_POINTS_PER_STEP, "a step's parts add up to one");
_Static_assert(SOUND_MAP_FEATURES == CELLS + 1, "it is the last feature");

// In parts of a frame after the middle of the ring's first one, held at the middles of the first and last.
static uint32_t middle_of_point(uint32_t point, endpoints word, uint32_t frames)
{
    uint32_t length = word.end - word.first;
    uint32_t from_edge = PART * word.first + (2 * point + 1) * length;
    uint32_t last = PART * (frames - 1);
    uint32_t at = from_edge > PART / 2 ? from_edge - PART / 2 : 0;
    return at < last ? at : last;
}

// Levels between two frames.
static void add_point(const frame_ring *ring, uint32_t at, int16_t cells[LOG_MEL_BANDS])
{
    uint32_t frame = at / PART;
    uint32_t part = at % PART;
    const uint8_t *before = frame_ring_at(ring, frame);
    const uint8_t *after = frame_ring_at(ring, part ? frame + 1 : frame);
    for (uint32_t band = 0; band < LOG_MEL_BANDS; band++) {
        cells[band] = (int16_t)(cells[band] + before[band] * (PART - part) + after[band] * part);
    }
}

static void add_points(const frame_ring *ring, endpoints word, int16_t cells[CELLS])
{
    for (uint32_t point = 0; point < POINTS; point++) {
        uint32_t step = point / SOUND_MAP_POINTS_PER_STEP;
        add_point(ring, middle_of_point(point, word, ring->count), cells + step * LOG_MEL_BANDS);
    }
}

static int32_t loudest(const int16_t cells[CELLS])
{
    int32_t peak = 0;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        peak = cells[cell] > peak ? cells[cell] : peak;
    }
    return peak;
}

// Exact below 2^21, which is above all sums, and without the 0.3 kB of a division.
static uint32_t divided_by_cells(uint32_t sum)
{
    return (sum >> 5) * 43691 >> 17; // by 32, then by 3
}

// Cuts off what is below the range, takes the mean away, and rounds to whole steps of log_mel.
static void centre(int16_t cells[CELLS])
{
    int32_t least = loudest(cells) - SOUND_MAP_RANGE * ONE;
    uint32_t sum = 0;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        cells[cell] = (int16_t)(cells[cell] > least ? cells[cell] : least);
        sum += (uint32_t)cells[cell];
    }
    int32_t mean = (int32_t)divided_by_cells(sum) - ONE / 2;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        cells[cell] = (int16_t)((cells[cell] - mean) >> ONE_SHIFT);
    }
}

void sound_map_make(const frame_ring *ring, endpoints word, int16_t features[SOUND_MAP_FEATURES])
{
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        features[cell] = 0;
    }
    add_points(ring, word, features);
    centre(features);
    uint32_t octaves = log2_fixed(word.end - word.first, SOUND_MAP_LENGTH_FRACTION);
    features[SOUND_MAP_LENGTH] = (int16_t)((int32_t)octaves - (4 << SOUND_MAP_LENGTH_FRACTION)); // 16 frames are 0
}
