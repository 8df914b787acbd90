/* What can be due, and who does it then. */
#pragma once

enum event {
    EVENT_BLINK_END,
    EVENT_BEACON,        /* measure the supply, power the radio up */
    EVENT_PACKET,        /* send on the next channel */
    EVENT_MOTION_CARE,   /* take what the accelerometer has, see that it still runs */
    EVENTS,
};

/* Runs to its end. */
void events_run(enum event event);
