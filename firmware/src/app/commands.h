/* What the console understands. `help` prints this table and the steps of `test`.
 *
 *   info    version, hash of the sources, uid (128 bytes in hexadecimal), address (of the beacons), reset and
 *           fault_address (why the chip started, and where it met a fault), uptime_ms, faults (bits of app/faults.h),
 *           fault_count, supply_mv (0 if it cannot be measured), stack_unused (bytes since reset),
 *           config (flash or defaults)
 *   config  get: all keys, or the one named. set: saves at once. defaults: all keys at once
 *   test    app/selftest.h
 *   stream  app/capture.h
 *
 * After each reset comes "boot version= hash= reset=", unasked. */
#pragma once

#include "app/console.h"

extern const struct command COMMANDS[]; /* an entry without name ends it */

/* Writes the line "boot". */
void commands_boot(void);

bool commands_config(void); /* in commands_config.c */
