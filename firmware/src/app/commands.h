/* What the console understands. `help` prints this table and the steps of `test`.
 *
 *   info    version, hash of the sources, uid (128 bytes in hexadecimal), address (of the beacons), reset and
 *           fault_address (why the chip started, and where it met a fault), uptime_ms, faults (bits of app/faults.h),
 *           fault_count, supply_mv (0 if it cannot be measured), stack_unused (bytes since reset),
 *           config (flash or defaults)
 *   config  get: all keys, or the one named. set: saves at once. defaults: all keys at once
 *   test    app/selftest.h
 *   stream  app/capture.h
 *   class   a line "class" for each model in the image: task (motion or sound), name and class (the answer, by name and by
 *           number as in the beacon: 0 is unknown), likeliest (what the model said of the last window), share (of that, in
 *           1/65535), window (its number since samples were last missing; 0: none came yet)
 *   watch   for so many seconds each window is told in a line "window", like that of class, unasked; 0 ends it.
 *           At rest there are no windows of motion (rest_after_s)
 *
 * After each reset comes "boot version= hash= reset=", unasked. */
#pragma once

#include "app/console.h"

extern const struct command COMMANDS[]; /* an entry without name ends it */

/* Writes the line "boot". */
void commands_boot(void);

bool commands_config(void); /* in commands_config.c */
