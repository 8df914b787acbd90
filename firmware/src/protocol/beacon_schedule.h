// When to send: advertising events are an interval and a pseudo-random delay of 0 to 10 ms apart, so that two boards that
// collide once do not collide for ever (Bluetooth Core, Vol 6 Part B 4.4.2.2). Time in ms, wrapping.
#ifndef PROTOCOL_BEACON_SCHEDULE_H
#define PROTOCOL_BEACON_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t next;   // when the next event is due
    uint32_t random; // state of the generator, never 0
} beacon_schedule;

// The first event is due at `now`.
void beacon_start(beacon_schedule *schedule, uint32_t now, const uint8_t *unique_id, size_t bytes);

// Milliseconds until the next event; 0 if it is due.
uint32_t beacon_wait(const beacon_schedule *schedule, uint32_t now);

// Sets the next event after one was sent, counted from when that was due, so that lateness does not add up.
// Events that were missed altogether are not made up for. Intervals of up to 60 s.
void beacon_sent(beacon_schedule *schedule, uint32_t now, uint32_t interval_ms);

#endif
