#ifndef SYSTEM_CONTROL_H
#define SYSTEM_CONTROL_H

#include "machine.h"

/* The private peripheral bus, 0xE0000000 to 0xE00FFFFF. */
uint32_t system_control_read(struct machine *machine, uint32_t address, unsigned size);
void system_control_write(struct machine *machine, uint32_t address, unsigned size, uint32_t value);

#endif
