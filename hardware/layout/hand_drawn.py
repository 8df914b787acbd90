"""Tracks drawn by hand: radio, crystal, supply, audio. The router finds its way around them.

A point is a pad ("U3.7", its centre) or a position in mm. Width 0 is that of the net's class (rules.py).
"""

from typing import NamedTuple


class Drawn(NamedTuple):
    net: str
    layer: str
    points: tuple[str | tuple[float, float], ...]
    width: float = 0.0


TRACKS: tuple[Drawn, ...] = (
    # One straight line from the radio to the antenna, shunts close beside it.
    Drawn("RF_OUT", "F", ("U3.7", "L1.1")),
    Drawn("RF_OUT", "F", ("C8.1", (7.45, 9.80))),
    Drawn("RF_MATCH", "F", ("L1.2", "C10.1")),
    Drawn("RF_MATCH", "F", ("C9.1", (7.45, 7.90))),
    Drawn("RF_ANT", "F", ("C10.2", "AE1.1")),
    # Crystal: short, on one layer, nothing between.
    Drawn("XTAL_OUT", "F", ("U3.5", (10.675, 11.525), "Y1.3")),
    Drawn("XTAL_IN", "F", ("U3.4", (12.375, 16.475), "Y1.1")),
    # Supply of the radio: cell, bulk capacitor and decoupling on one line.
    Drawn("VBAT", "F", ("BT1.2", "C1.1"), 0.8),
    Drawn("VBAT", "F", ("BT1.2", (10.77, 9.83), "C7.1", "C6.1", "U3.6"), 0.5),
    # Supply spine on the back, left of the crystal, to the microcontroller and the accelerometer.
    Drawn("VBAT", "B", ("BT1.2", (11.10, 9.50), (11.10, 16.60), (9.73, 17.97), (6.64, 17.97), (4.30, 20.31), (4.30, 25.20)), 0.5),
    Drawn("VBAT", "F", ((6.64, 17.97), (6.64, 18.24), "C2.1")),
    Drawn("VBAT", "F", ((6.64, 18.24), "C3.1")),
    Drawn("VBAT", "F", ("C2.1", (7.025, 19.20), "U1.9"), 0.3),
    Drawn("VBAT", "F", ((4.30, 25.20), "C4.1")),
    # Microphone supply: under the microcontroller's body, through R4 to the star at C11.
    Drawn("MIC_PWR", "F", ("U1.8", (7.675, 21.70), (7.975, 22.00), "R4.1"), 0.25),
    Drawn("VMIC", "F", ("R4.2", (15.80, 22.00), (16.55, 22.75), "U4.5")),
    Drawn("VMIC", "F", ("C11.1", (15.60, 22.00))),
    Drawn("VMIC", "F", ("U4.5", (17.06, 24.04), "C12.1")),
    # Microphone to amplifier, and the amplifier's own loop.
    Drawn("MIC_OUT", "F", ("MK1.1", (20.27, 23.68), "U4.1")),
    Drawn("MIC_OUT", "F", ("U4.1", "TP1.1")),
    Drawn("AMP_FB", "F", ("U4.3", (19.3375, 19.8275), "R5.1", "C13.1")),
    Drawn("AMP_FB", "F", ("U4.3", (20.34, 20.85), "R6.1")),
    Drawn("AMP_LEG", "F", ("R6.2", "C14.1")),
    Drawn("MIC_ADC", "F", ("U4.4", (17.0625, 19.8175), "R5.2", "C13.2")),
    # Between the pads of R4 and around the corner to PA0: the supply is crossed without a via.
    Drawn(
        "MIC_ADC",
        "F",
        ("U4.4", (15.10, 20.85), (14.50, 21.45), (14.50, 26.25), (13.60, 27.15), (12.00, 27.15), (11.575, 26.725), "U1.19"),
        0.16,
    ),
    Drawn("LED_A", "F", ("R1.2", "D1.2")),
)

# net, x, y
VIAS: tuple[tuple[str, float, float], ...] = (
    ("VBAT", 6.64, 17.97),
    ("VBAT", 4.30, 25.20),
)
