"""A board of four parts whose faults can be counted by hand: cell, LED behind a resistor, and a resistor to nowhere.

BT1 has pins in holes, far apart. Pad A of the LED is 0.4 mm from R1's pad 2; everything else of other parts is farther.
"""

import shapely

from hardware.netlist import Component, Netlist, Terminal
from hardware.parts import PARTS
from manufacturing.station.coverage.pads import Pad

_PARTS = {"BT1": "BS-02-A1AJ010", "D1": "KT-0603R", "R1": "R_1k", "R2": "R_4.7k"}
_WIRES = {"GND": ("BT1.1", "D1.1"), "VBAT": ("BT1.2", "R1.1"), "A": ("D1.2", "R1.2", "R2.1"), "LOOSE": ("R2.2",)}
_PLACES = {  # middle of each pad in mm; a pad is 0.6 mm square
    "BT1.1": (0, 20),
    "BT1.2": (20, 20),
    "D1.1": (5, 0),
    "D1.2": (4, 0),
    "R1.1": (2, 0),
    "R1.2": (3, 0),
    "R2.1": (2, 5),
    "R2.2": (3, 5),
}
_HALF = 0.3

NETLIST = Netlist(
    {
        ref: Component(ref, part, part.value, part.footprint, part.lcsc, part.mpn, "mcu", ref)
        for ref, part in ((ref, PARTS[name]) for ref, name in _PARTS.items())
    },
    {net: tuple(terminal for pin in pins for terminal in [Terminal(*pin.split("."))]) for net, pins in _WIRES.items()},
)
PADS = [
    Pad(
        Terminal(*pin.split(".")),
        "both" if pin.startswith("BT1") else "top",
        shapely.box(x - _HALF, y - _HALF, x + _HALF, y + _HALF),
    )
    for pin, (x, y) in _PLACES.items()
]
