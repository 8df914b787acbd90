"""The supply rails of a board without power, as an impedance meter sees them: capacitors, and the copper between them.

`copper` has the tracks as inductances, `circuit` joins parts to them as a netlist says, `impedance` solves it.
"""
