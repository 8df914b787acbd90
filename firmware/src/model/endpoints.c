#include "endpoints.h"

uint32_t frame_level(const uint8_t levels[LOG_MEL_BANDS])
{
    uint32_t sum = 0;
    for (uint32_t band = 0; band < LOG_MEL_BANDS; band++) {
        sum += levels[band];
    }
    return sum;
}

static uint32_t loudest(const frame_ring *ring)
{
    uint32_t peak = 0;
    for (uint32_t frame = 0; frame < ring->count; frame++) {
        uint32_t level = frame_level(frame_ring_at(ring, frame));
        peak = level > peak ? level : peak;
    }
    return peak;
}

static uint32_t lowered(uint32_t level, uint32_t steps)
{
    uint32_t by = steps * LOG_MEL_BANDS;
    return level > by ? level - by : 0;
}

static uint32_t threshold(uint32_t peak, uint32_t noise)
{
    uint32_t by_peak = lowered(peak, ENDPOINT_BELOW_PEAK);
    uint32_t by_noise = noise ? noise + ENDPOINT_ABOVE_NOISE * LOG_MEL_BANDS : 0;
    uint32_t most = lowered(peak, ENDPOINT_LEAST_RANGE);
    uint32_t found = by_peak > by_noise ? by_peak : by_noise;
    return found > most ? most : found;
}

endpoints endpoints_find(const frame_ring *ring, uint32_t noise)
{
    uint32_t least = threshold(loudest(ring), noise);
    endpoints found = {0, 0};
    for (uint32_t frame = 0; frame < ring->count; frame++) {
        if (frame_level(frame_ring_at(ring, frame)) >= least) {
            found.first = found.end ? found.first : (uint8_t)frame;
            found.end = (uint8_t)(frame + 1);
        }
    }
    return found;
}
