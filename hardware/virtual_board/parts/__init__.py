"""Behaviour of the parts around the microcontroller. Each model knows its own pins only; the netlist wires them."""
