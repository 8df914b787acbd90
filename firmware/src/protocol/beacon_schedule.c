#include "beacon_schedule.h"

#include "unique_id.h"

enum { DELAYS = 11 }; // 0 to 10 ms

static int is_past(uint32_t when, uint32_t now)
{
    return now - when < 0x80000000u;
}

void beacon_start(beacon_schedule *schedule, uint32_t now, const uint8_t *unique_id, size_t bytes)
{
    schedule->next = now;
    schedule->random = unique_id_hash(3, unique_id, bytes) | 1;
}

uint32_t beacon_wait(const beacon_schedule *schedule, uint32_t now)
{
    return is_past(schedule->next, now) ? 0 : schedule->next - now;
}

static uint32_t delay(beacon_schedule *schedule)
{
    // xorshift32 with the shifts 13, 17, 5: Marsaglia, Xorshift RNGs, 2003
    uint32_t x = schedule->random;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    schedule->random = x;
    return (x >> 16) * DELAYS >> 16;
}

void beacon_sent(beacon_schedule *schedule, uint32_t now, uint32_t interval_ms)
{
    uint32_t step = interval_ms + delay(schedule);
    schedule->next += step;
    if (is_past(schedule->next, now)) {
        schedule->next = now + step;
    }
}
