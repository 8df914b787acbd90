"""Tracks drawn by hand: radio, crystal, supply, audio. The router finds its way around them.

A point is a pad ("U3.7", its centre) or a position in mm. Width 0 is that of the net's class (rules.py).
"""

from pathlib import Path
from typing import NamedTuple

ROUTED = Path(__file__).with_name("routed.txt")  # the router's, which copper.py keeps


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
    Drawn("XTAL_IN", "F", ("U3.4", (10.265, 16.20), (12.65, 16.20), "Y1.1")),
    # Supply of the radio: cell, bulk capacitor and decoupling on one line.
    Drawn("VBAT", "F", ("BT1.2", (11.35, 9.25), "C1.1"), 0.8),
    Drawn("VBAT", "F", ("C1.1", (9.82, 9.83), "C6.1", "U3.6"), 0.5),
    # Supply spine on the back: one line from the cell's pin to the left edge, past everything that is sensitive.
    Drawn("VBAT", "B", ("BT1.2", (11.60, 8.60), (4.60, 15.60), (4.60, 25.20)), 0.5),
    Drawn("VBAT", "B", ((4.60, 17.97), (6.64, 17.97)), 0.5),
    Drawn("VBAT", "F", ((6.64, 17.97), (6.64, 18.24), "C2.1")),
    Drawn("VBAT", "F", ((6.64, 18.24), "C3.1")),
    Drawn("VBAT", "F", ("C2.1", (7.025, 19.20), "U1.9"), 0.3),
    Drawn("GND", "F", ("C2.2", (8.325, 18.965), "U1.7", (8.325, 21.45)), 0.25),
    Drawn(
        "GND", "F", ("BT1.1", (14.60, 28.60), (15.40, 27.80), (15.40, 27.20)), 0.6
    ),  # the cell's return, else on a corner of the pour that hangs by a thread
    # Accelerometer: each supply pin's capacitor first, then the pin.
    Drawn("VBAT", "F", ((4.60, 25.20), (4.40, 25.40), "C4.1"), 0.3),
    Drawn("VBAT", "F", ("C4.1", "U2.3"), 0.25),
    Drawn("VBAT", "B", ((4.60, 24.20), (1.70, 24.20)), 0.4),
    Drawn("VBAT", "F", ((1.70, 24.20), (0.95, 24.95), "C5.1"), 0.3),
    Drawn("VBAT", "F", ("C5.1", (1.21, 25.12), "U2.7"), 0.25),
    Drawn("VBAT", "B", ((4.60, 25.20), (4.60, 25.84), (1.84, 28.60)), 0.4),
    Drawn("VBAT", "F", ((1.84, 28.60), "J1.1"), 0.4),
    Drawn("VBAT", "F", ("U2.10", (1.84, 27.4475), (1.84, 28.60)), 0.25),
    Drawn("GND", "F", ("C4.2", (5.35, 25.45)), 0.25),
    Drawn("GND", "F", ("J1.2", (3.11, 30.60)), 0.4),
    Drawn("GND", "F", ("U2.9", "U2.8", (2.45, 26.35), (2.70, 26.60)), 0.25),
    Drawn("GND", "F", ("U2.1", (3.4625, 28.05)), 0.25),
    # Radio's bus: its order of pins is the reverse of the microcontroller's, so two of three cross on the back.
    Drawn("RF_DATA", "F", ("U3.3", (8.72, 19.00), (8.975, 19.255), "U1.6")),
    Drawn("RF_SCK", "F", ("U3.2", (7.45, 15.10))),
    Drawn("RF_SCK", "B", ((7.45, 15.10), (10.275, 17.925))),
    Drawn("RF_SCK", "F", ((10.275, 17.925), "U1.4")),
    Drawn("RF_CSN", "F", ("U3.1", (6.18, 15.10))),
    Drawn("RF_CSN", "B", ((6.18, 15.10), (6.98, 14.30), (8.225, 14.30), (10.925, 17.00))),
    Drawn("RF_CSN", "F", ((10.925, 17.00), "U1.3")),
    # Debug data straight down to its pad, between accelerometer and microcontroller.
    Drawn("SWDIO", "F", ("U1.10", (6.375, 21.45), (5.90, 21.925), (5.90, 29.58), (6.92, 30.60)), 0.16),
    # Serial port: on the back, clear of the audio corner.
    Drawn("UART_TX", "F", ("U1.1", (12.225, 19.675), (12.70, 19.20))),
    Drawn("UART_TX", "B", ((12.70, 19.20), (13.20, 19.70), (13.20, 28.00), (13.60, 28.40), (19.62, 28.40))),
    Drawn("UART_TX", "F", ((19.62, 28.40), "J1.7")),
    Drawn("UART_RX", "F", ("U1.2", (11.575, 18.35))),
    Drawn("UART_RX", "B", ((11.575, 18.35), (13.40, 18.35), (13.80, 18.75), (13.80, 27.50), (14.10, 27.80), (22.16, 27.80))),
    Drawn("UART_RX", "F", ((22.16, 27.80), "J1.8")),
    # Microphone supply: under the microcontroller's body, through R4 to the star at C12.
    Drawn("MIC_PWR", "F", ("U1.8", (7.675, 22.00), (8.00, 22.325), (13.665, 22.325), "R4.1"), 0.25),
    Drawn("VMIC", "F", ("R4.2", (15.80, 22.00), (16.55, 22.75), "U4.5")),
    Drawn("VMIC", "F", ("C12.1", (15.60, 22.00))),
    Drawn("VMIC", "F", ("U4.5", (17.06, 24.04), "C11.1")),
    Drawn("VMIC", "F", ("C11.1", (18.80, 25.78), (20.36, 25.78), "MK1.4"), 0.25),
    Drawn("VMIC", "F", ("C12.1", (14.93, 23.45), (14.93, 25.50), "TP2.1"), 0.25),  # so that a meter there sees C12 beside C11
    # Microphone to amplifier, and the amplifier's own loop.
    Drawn("MIC_OUT", "F", ("MK1.1", (20.27, 23.68), "U4.1")),
    Drawn("MIC_OUT", "F", ("U4.1", "TP1.1")),
    Drawn("AMP_FB", "F", ("U4.3", (19.3375, 19.0775), "R5.1", "C13.1")),
    Drawn("AMP_FB", "F", ("U4.3", (20.34, 20.85), "R6.1")),
    Drawn("AMP_LEG", "F", ("R6.2", "C14.1")),
    Drawn("MIC_ADC", "F", ("U4.4", (17.0625, 19.0775), "R5.2", "C13.2")),
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
    ("VBAT", 4.60, 25.20),
    ("VBAT", 1.70, 24.20),
    ("VBAT", 1.84, 28.60),
    ("GND", 8.325, 21.45),
    ("GND", 3.4625, 28.05),
    ("GND", 3.11, 30.60),
    ("GND", 2.70, 26.60),
    ("GND", 15.40, 27.20),
    ("GND", 0.80, 28.90),
    ("GND", 5.35, 25.45),
    ("RF_SCK", 7.45, 15.10),
    ("RF_SCK", 10.275, 17.925),
    ("RF_CSN", 6.18, 15.10),
    ("RF_CSN", 10.925, 17.00),
    ("UART_TX", 12.70, 19.20),
    ("UART_TX", 19.62, 28.40),
    ("UART_RX", 11.575, 18.35),
    ("UART_RX", 22.16, 27.80),
)
