"""Standard symbols of parts that are not boxes: resistor, capacitor, crystal, op-amp ... A table of drawings.

A shape serves a part with its reference prefix and exactly its pin names; any other part is drawn as a box.
"""

from collections import Counter
from dataclasses import dataclass

from hardware.parts.part import Part
from hardware.schematic.geometry import DOWN, LEFT, RIGHT, UP, Box, Point
from hardware.schematic.symbol import Arc, Circle, Graphic, Line, Rectangle


@dataclass(frozen=True)
class ShapePin:
    """Where the pin of that name stands; pins of the same name take their places in the order of their numbers."""

    name: str
    x: float
    y: float
    outward: Point
    length: float


@dataclass(frozen=True)
class Shape:
    reference: str
    pins: tuple[ShapePin, ...]
    body: Box
    graphics: tuple[Graphic, ...]
    pin_names: bool = False
    pin_numbers: bool = False


def _line(*coordinates: float, filled: str = "none", width_mm: float = 0.254) -> Line:
    points = zip(coordinates[::2], coordinates[1::2], strict=True)
    return Line(tuple(Point(x, y) for x, y in points), filled, width_mm)


def _upright(top: str, bottom: str, length: float) -> tuple[ShapePin, ...]:
    return (ShapePin(top, 0, -3, UP, length), ShapePin(bottom, 0, 3, DOWN, length))


RESISTOR = Shape("R", _upright("1", "2", 1), Box(-0.8, -2, 0.8, 2), (Rectangle(Box(-0.8, -2, 0.8, 2)),))

CAPACITOR = Shape(
    "C",
    _upright("1", "2", 2.4),
    Box(-1.6, -0.6, 1.6, 0.6),
    (_line(-1.6, -0.6, 1.6, -0.6, width_mm=0.4), _line(-1.6, 0.6, 1.6, 0.6, width_mm=0.4)),
)

INDUCTOR = Shape(
    "L",
    _upright("1", "2", 1),
    Box(-0.2, -2, 0.8, 2),
    tuple(Arc(Point(0, y), Point(0.5, y + 0.5), Point(0, y + 1)) for y in (-2, -1, 0, 1)),
)

LED = Shape(
    "D",
    _upright("A", "K", 2),
    Box(-1, -1, 2.6, 1),
    (
        _line(-1, -1, 1, -1, 0, 1, -1, -1),
        _line(-1, 1, 1, 1),
        # two arrows: light that leaves
        _line(1.2, -0.2, 2.2, -1.2),
        _line(1.7, -1.1, 2.2, -1.2, 2.1, -0.7),
        _line(1.6, 0.6, 2.6, -0.4),
        _line(2.1, -0.3, 2.6, -0.4, 2.5, 0.1),
    ),
)

CELL = Shape(
    "BT",
    (ShapePin("+", 0, -4, UP, 3.5), ShapePin("-", 0, 4, DOWN, 3.5)),
    Box(-1.8, -1.4, 1.8, 0.5),
    (
        _line(-1.8, -0.5, 1.8, -0.5),
        _line(-0.9, 0.5, 0.9, 0.5, width_mm=0.6),
        _line(0.8, -1.5, 1.6, -1.5),
        _line(1.2, -1.9, 1.2, -1.1),
    ),
)

CRYSTAL = Shape(
    "Y",
    (
        ShapePin("1", -4, 0, LEFT, 3),
        ShapePin("3", 4, 0, RIGHT, 3),
        ShapePin("GND", -1, 4, DOWN, 1.6),
        ShapePin("GND", 1, 4, DOWN, 1.6),
    ),
    Box(-2.4, -2.4, 2.4, 2.4),
    (
        Rectangle(Box(-0.5, -1.4, 0.5, 1.4)),
        _line(-1, -1, -1, 1, width_mm=0.4),
        _line(1, -1, 1, 1, width_mm=0.4),
        Rectangle(Box(-2.4, -2.4, 2.4, 2.4), width_mm=0.1),  # the can
    ),
    pin_numbers=False,
)

ANTENNA = Shape(
    "AE",
    (ShapePin("FEED", 0, 4, DOWN, 2), ShapePin("GND", 4, 4, DOWN, 2)),
    Box(-2.4, -4, 4, 2),
    (
        _line(0, 2, 0, -4),
        _line(-2.4, -4, 0, -0.8, 2.4, -4),
        _line(0, 1, 4, 1, 4, 2),  # an inverted F is joined to ground beside its feed
    ),
)

TEST_POINT = Shape("TP", (ShapePin("1", 0, 2, DOWN, 2),), Box(-0.6, -1.2, 0.6, 0), (Circle(Point(0, -0.6), 0.6),))

OP_AMP = Shape(
    "U",
    (
        ShapePin("IN+", -6, -2, LEFT, 2),
        ShapePin("IN-", -6, 2, LEFT, 2),
        ShapePin("OUT", 6, 0, RIGHT, 2),
        ShapePin("V+", -1, -6, UP, 3.5),
        ShapePin("V-", -1, 6, DOWN, 3.5),
    ),
    Box(-4, -4, 4, 4),
    (
        _line(-4, -4, -4, 4, 4, 0, -4, -4, filled="background"),
        _line(-3.4, -2, -2.4, -2, width_mm=0.2),
        _line(-2.9, -2.5, -2.9, -1.5, width_mm=0.2),
        _line(-3.4, 2, -2.4, 2, width_mm=0.2),
    ),
    pin_numbers=True,
)

MICROPHONE = Shape(
    "MK",
    (
        ShapePin("OUT", 8, 0, RIGHT, 2),
        ShapePin("GND", -2, 8, DOWN, 2),
        ShapePin("GND", 2, 8, DOWN, 2),
        ShapePin("VDD", 0, -8, UP, 2),
    ),
    Box(-6, -6, 6, 6),
    (
        Rectangle(Box(-6, -6, 6, 6), filled="background"),
        Circle(Point(-2.8, 0), 1.6),
        _line(-4.6, -1.8, -4.6, 1.8, width_mm=0.4),
    ),
    pin_names=True,
    pin_numbers=True,
)

SHAPES = (RESISTOR, CAPACITOR, INDUCTOR, LED, CELL, CRYSTAL, ANTENNA, TEST_POINT, OP_AMP, MICROPHONE)


def shape_of(part: Part) -> Shape | None:
    """The standard symbol that fits the part, or None: draw a box."""
    names = Counter(pin.name for pin in part.pins)
    for shape in SHAPES:
        if shape.reference == part.reference and Counter(pin.name for pin in shape.pins) == names:
            return shape
    return None
