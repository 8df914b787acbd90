#include "app/events.h"

#include "app/beacon.h"
#include "app/listen.h"
#include "app/motion.h"
#include "drivers/led.h"

static void (*const HANDLERS[EVENTS])(void) = {
    [EVENT_BLINK_END] = led_off,
    [EVENT_BEACON] = beacon_start_event,
    [EVENT_PACKET] = beacon_send_packet,
    [EVENT_MOTION_CARE] = motion_look_after,
#if SOUND_MODEL
    [EVENT_LISTEN] = listen_next,
    [EVENT_FORGET_WORD] = listen_forget_word,
#endif
};

void events_run(enum event event)
{
    HANDLERS[event]();
}
