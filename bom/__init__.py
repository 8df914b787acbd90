"""What the board costs: bill of materials from the netlist, dated prices, fees, and the quantity really bought."""
