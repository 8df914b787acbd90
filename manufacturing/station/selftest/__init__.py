"""The self-test of a unit: steps from the netlist, limits as data, a verdict with a code."""
