"""Which faults of a board the station finds: the faults from netlist, parts and layout, and good boards that must pass."""
