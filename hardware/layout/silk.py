"""What is printed on the board besides outlines and references: pad names, polarity, name, revision, date code."""

from typing import NamedTuple

import pcbnew

from hardware.layout.drawing import at, text
from hardware.layout.outline import HEIGHT_MM
from hardware.parts.board_features import PROGRAMMING_PADS
from hardware.revision import DATE, ORDER_NUMBER_MARK, REVISION


class Print(NamedTuple):
    text: str
    x: float
    y: float
    height_mm: float
    layer: str = "F"


# Names that fit over a pad at 2.54 mm pitch.
_PAD_NAMES = {"VBAT": "BAT", "GND": "GND", "SWDIO": "DIO", "SWCLK": "CLK", "NRST": "RST", "BOOT0": "BT0", "TX": "TX", "RX": "RX"}
_PAD_NAMES_Y = HEIGHT_MM - 3.15

# The holder covers most of the back; what is printed there keeps to the corners beside its tab.
PRINTS: tuple[Print, ...] = (
    Print("DOLLAR", 19.4, 10.4, 1.4),
    Print("TinyML", 19.4, 12.4, 1.4),
    Print(f"rev {REVISION}", 19.4, 14.1, 0.8),
    Print(DATE, 19.4, 15.3, 0.8),
    Print("+", 13.7, 8.6, 1.2),
    Print("-", 13.4, 28.0, 0.9),
    Print("K", 0.75, 18.7, 0.8),
    Print("3V CELL ONLY", 4.9, 6.4, 0.8, "B"),
    Print("MAX 3.6 V", 3.9, 7.6, 0.8, "B"),
    Print(ORDER_NUMBER_MARK, 19.2, 6.4, 0.8, "B"),
    Print("CERN-OHL-P", 19.8, 7.5, 0.7, "B"),
)


def draw_silk(board: pcbnew.BOARD) -> None:
    layers = {"F": pcbnew.F_SilkS, "B": pcbnew.B_SilkS}
    for item in PRINTS:
        text(board, layers[item.layer], item.text, item.x, item.y, item.height_mm)
    row = board.FindFootprintByReference("J1")
    for pad, name in zip(row.Pads(), PROGRAMMING_PADS, strict=True):
        x = pcbnew.ToMM(pad.GetPosition().x - at(0, 0).x)
        text(board, pcbnew.F_SilkS, _PAD_NAMES[name], x, _PAD_NAMES_Y, 0.8)
