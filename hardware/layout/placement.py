"""Where each part sits. Edit this table to move a part.

x and y are the footprint's origin in mm (see outline.py), rotation counter-clockwise in degrees as KiCad shows it.
The label is the reference designator's place on the silkscreen, from the footprint's origin, and its rotation.
"""

from typing import NamedTuple


class Label(NamedTuple):
    dx: float
    dy: float
    rotation: float = 0.0


class Place(NamedTuple):
    ref: str
    x: float
    y: float
    rotation: float
    label: Label
    side: str = "top"


_LEFT, _RIGHT, _ABOVE, _BELOW, _ON = Label(-1.75, 0), Label(1.75, 0), Label(0, -1.0), Label(0, 1.0), Label(0, 0)

PLACEMENT: tuple[Place, ...] = (
    # Radio: antenna on top, the matching network in line below its feed, the radio's ANT pin below that.
    Place("AE1", 7.45, 5.60, 0, Label(13.0, -4.9)),
    Place("C10", 7.45, 6.90, 90, Label(-1.7, -0.3)),
    Place("C9", 6.00, 7.90, 180, _LEFT),
    Place("L1", 7.45, 8.85, 90, Label(-1.45, 0)),
    Place("C8", 6.00, 9.80, 180, _LEFT),
    Place("U3", 8.085, 14.00, 90, Label(-3.7, 0)),
    Place("C6", 8.72, 9.35, 90, Label(0, -1.7)),
    Place("C1", 10.25, 8.30, 90, Label(0, -2.2)),
    Place("Y1", 12.90, 14.00, 90, Label(0, 2.9)),
    # Microcontroller, decoupled where VCC and VSS leave it.
    Place("U1", 9.30, 23.20, 270, Label(-4.45, -1.8)),
    Place("C2", 7.68, 18.80, 0, Label(1.87, 0)),
    Place("C3", 5.60, 18.80, 180, _LEFT),
    Place("D1", 2.00, 19.50, 270, Label(0, -2.1)),
    Place("R1", 2.00, 22.30, 90, Label(1.5, 0)),
    # Accelerometer.
    Place("U2", 2.70, 26.60, 180, Label(0.3, -1.7)),
    Place("C4", 4.87, 26.35, 0, _ABOVE),
    Place("C5", 0.95, 25.60, 270, Label(0.35, -1.6)),
    Place("R2", 7.20, 27.62, 0, Label(-1.6, 0.1)),
    Place("R3", 9.20, 27.62, 180, Label(1.65, -0.27)),
    # Audio, far from the radio.
    Place("R4", 14.50, 22.00, 0, Label(0.4, -1.0)),
    Place("C12", 15.60, 23.60, 270, Label(-1.62, 0)),
    Place("C11", 17.70, 24.20, 0, Label(0, 1.1)),
    Place("U4", 18.20, 21.80, 180, Label(0, -2.2)),
    Place("R5", 18.20, 18.45, 180, _LEFT),
    Place("C13", 18.23, 17.45, 180, _ABOVE),
    Place("R6", 20.80, 20.80, 90, Label(1.75, -0.5)),
    Place("C14", 20.80, 18.60, 90, _RIGHT),
    Place("MK1", 20.80, 25.80, 0, Label(-2.45, 1.0)),
    Place("TP1", 22.00, 22.75, 0, Label(0.55, -1.35)),
    Place("TP2", 15.42, 26.00, 0, Label(0, 1.35)),
    # Edge row and, on the back, the holder: its plus end towards the radio, the cell 5 mm clear of the antenna.
    Place("J1", 12.00, 30.60, 0, Label(0, 0.3)),
    Place("BT1", 12.00, 18.60, 90, Label(0, -5), side="bottom"),
)
