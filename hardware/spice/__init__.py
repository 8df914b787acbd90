"""Blocks of the netlist in ngspice, with the circuit's own values: nothing of the circuit is written in by hand.

`program` runs ngspice, `deck` turns components into its elements, `models` describes op-amp and microphone,
`preamp` simulates the audio block, `supply` the cell.
"""
