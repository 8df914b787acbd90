/* What can be due, and who does it then. */
#pragma once

enum event {
    EVENT_BLINK_END,
    EVENT_BEACON,        /* measure the supply, power the radio up */
    EVENT_PACKET,        /* send on the next channel */
    EVENT_MOTION_CARE,   /* look after the accelerometer */
    EVENT_MOTION_PAUSED, /* watch for motion again */
    EVENTS,
};

/* Runs to its end. */
void events_run(enum event event);
