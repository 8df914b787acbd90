/* What happens when: events with a due time, each run to its end; between them the chip stops.
 *
 * The main loop calls scheduler_run and, if there was nothing to do,
 * scheduler_rest. STOP ends by an event's time, by the accelerometer's interrupt or by an edge on the serial port's
 * input; the serial port itself does not work in STOP, so an edge keeps the chip awake for a while. A host therefore
 * begins with a line end, of which the first byte may be lost. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "app/events.h"

#define SCHEDULER_BOOT_AWAKE_MS 1000u   /* a debugger or a console finds the chip awake after reset */
#define SCHEDULER_SERIAL_AWAKE_MS 3000u /* after the last byte */

void scheduler_init(void);

/* Replaces the time that the event was waiting for, if any. */
void scheduler_in(enum event event, uint32_t delay_ms);
void scheduler_cancel(enum event event);
bool scheduler_waits_for(enum event event);

/* No STOP for so long from now; the longest wish counts. */
void scheduler_hold_awake(uint32_t ms);

/* Whether that time has not passed: a host may be talking. */
bool scheduler_is_held_awake(void);

/* Runs one event that is due. False if there was none. */
bool scheduler_run(void);

/* Stops or sleeps until something may be to do; 4 s at most, for the watchdog. */
void scheduler_rest(void);
