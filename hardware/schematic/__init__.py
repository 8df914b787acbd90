"""The KiCad schematic, drawn from the netlist: `generate` writes it, `drawings` says where things stand."""
