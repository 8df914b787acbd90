"""The virtual board: the real firmware.bin on an emulated microcontroller, wired to models of the other parts by the netlist."""
