"""What is printed on the board besides outlines and references: pad names, polarity, name, revision, date code."""

from typing import NamedTuple

import pcbnew

from hardware.layout.drawing import at, text
from hardware.layout.outline import HEIGHT_MM
from hardware.parts.board_features import PROGRAMMING_PADS


class Print(NamedTuple):
    text: str
    x: float
    y: float
    height_mm: float
    layer: str = "F"


REVISION = "A"

# Names that fit over a pad at 2.54 mm pitch.
_PAD_NAMES = {"VBAT": "3V", "GND": "GND", "SWDIO": "DIO", "SWCLK": "CLK", "NRST": "RST", "BOOT0": "BT0", "TX": "TX", "RX": "RX"}

PRINTS: tuple[Print, ...] = (
    Print("DOLLAR", 19.6, 12.0, 1.3),
    Print("TinyML", 19.6, 13.8, 1.3),
    Print(f"rev {REVISION}", 19.6, 15.4, 0.8),
    Print("JLCJLCJLCJLC", 18.0, 7.2, 0.8, "B"),  # where JLCPCB prints its order number
    Print("CR2032", 12.0, 20.7, 1.5, "B"),
    Print("3 V only, max 3.6 V", 12.0, 24.0, 1.0, "B"),
)


def draw_silk(board: pcbnew.BOARD) -> None:
    layers = {"F": pcbnew.F_SilkS, "B": pcbnew.B_SilkS}
    for item in PRINTS:
        text(board, layers[item.layer], item.text, item.x, item.y, item.height_mm)
    row = board.FindFootprintByReference("J1")
    for pad, name in zip(row.Pads(), PROGRAMMING_PADS, strict=True):
        x = pcbnew.ToMM(pad.GetPosition().x - at(0, 0).x)
        text(board, pcbnew.F_SilkS, _PAD_NAMES[name], x, HEIGHT_MM - 2.95, 0.8)
