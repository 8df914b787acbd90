"""What a symbol is: pins, body and the lines it is drawn with. Coordinates as in `geometry`, about the symbol's origin."""

from dataclasses import dataclass

from hardware.parts.part import Pin
from hardware.schematic.geometry import Box, Point


@dataclass(frozen=True)
class Line:
    points: tuple[Point, ...]
    filled: str = "none"  # KiCad's terms: none, outline (line colour), background
    width_mm: float = 0.254


@dataclass(frozen=True)
class Rectangle:
    box: Box
    filled: str = "none"
    width_mm: float = 0.254


@dataclass(frozen=True)
class Circle:
    centre: Point
    radius: float
    filled: str = "none"
    width_mm: float = 0.254


@dataclass(frozen=True)
class Arc:
    start: Point
    middle: Point
    end: Point
    width_mm: float = 0.254


Graphic = Line | Rectangle | Circle | Arc


@dataclass(frozen=True)
class SymbolPin:
    """A pin of the part at its place on the symbol: `at` is the end that wires join, `outward` points away from the body."""

    pin: Pin
    at: Point
    outward: Point
    length: float


@dataclass(frozen=True)
class Symbol:
    """A library symbol. `fields` are its KiCad properties beside Reference and Value."""

    name: str
    reference: str
    value: str
    pins: tuple[SymbolPin, ...]
    body: Box
    graphics: tuple[Graphic, ...]
    fields: tuple[tuple[str, str], ...] = ()
    pin_names: bool = False
    pin_numbers: bool = False
    is_power: bool = False
    in_bom: bool = True
    on_board: bool = True
