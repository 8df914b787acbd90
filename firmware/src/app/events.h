/* What can be due, and who does it then. */
#pragma once

#include "generated/models.h"

enum event {
    EVENT_BLINK_END,
    EVENT_BEACON,        /* measure the supply, power the radio up */
    EVENT_PACKET,        /* send on the next channel */
    EVENT_MOTION_CARE,   /* take what the accelerometer has, see that it still runs */
#if SOUND_MODEL
    EVENT_LISTEN,      /* microphone on; record, as it has settled */
    EVENT_FORGET_WORD, /* it was told long enough */
#endif
    EVENTS,
};

/* Runs to its end. */
void events_run(enum event event);
