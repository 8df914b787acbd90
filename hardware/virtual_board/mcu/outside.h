/* What the chip's pins and buses lead to. Python fills the table in (core/machine.py); nothing of it is in a snapshot.
 * Each function may be called in the midst of an instruction; `machine_ticks` is then the time of the access. */
#ifndef OUTSIDE_H
#define OUTSIDE_H

#include "api.h"
#include "peripheral.h"

extern const struct peripheral OUTSIDE; /* the time of Python's next event, and where the boot ROM's stub reports */

#endif
