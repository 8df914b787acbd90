/* The board's pins and buses, as the netlist has them. */
#pragma once

/* Ports, serial port and both buses; everything off that has a pin to be off with. */
void buses_start(void);
