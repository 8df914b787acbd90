/* The LED. Nothing waits here: a blink's end is an event of the scheduler (app/blink). */
#pragma once

void led_on(void); /* 1.2 mA at 3 V */
void led_off(void);
