#include "app/blink.h"

#include "app/scheduler.h"
#include "drivers/led.h"

void blink(uint32_t ms)
{
    led_on();
    scheduler_in(EVENT_BLINK_END, ms);
}
