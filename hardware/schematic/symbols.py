"""The library symbol of each part, and the power symbols. Pins, names and types come from the part's definition."""

from collections import defaultdict

from hardware.parts.part import Part, Pin, PinKind
from hardware.schematic.geometry import DOWN, LEFT, RIGHT, UP, Box, Point
from hardware.schematic.pin_sides import GROUND_NAMES, sides_of
from hardware.schematic.shapes import Shape, shape_of
from hardware.schematic.symbol import Graphic, Line, Rectangle, Symbol, SymbolPin

PIN_LENGTH = 3  # a number of two digits and the cross of an open pin side by side
SUPPLY_PITCH = 4  # room for a power symbol's name on each


def symbol_of(part: Part) -> Symbol:
    """The symbol of a part: a standard shape if one fits, else a box."""
    shape = shape_of(part)
    fields = (("Footprint", part.footprint), ("Datasheet", ""), ("Description", part.description))
    order = tuple((name, text) for name, text in (("LCSC", part.lcsc), ("MPN", part.mpn)) if text)
    pins, body, graphics = _box(part) if shape is None else (_shape_pins(part, shape), shape.body, shape.graphics)
    return Symbol(
        name=part.name,
        reference=part.reference,
        value=part.value,
        pins=pins,
        body=body,
        graphics=graphics,
        fields=fields + order,
        pin_names=shape is None or shape.pin_names,
        pin_numbers=shape is None or shape.pin_numbers,
        in_bom=part.is_bought,
    )


def _shape_pins(part: Part, shape: Shape) -> tuple[SymbolPin, ...]:
    places = defaultdict(list)
    for place in shape.pins:
        places[place.name].append(place)
    pins = []
    for pin in part.pins:
        place = places[pin.name].pop(0)
        pins.append(SymbolPin(pin, Point(place.x, place.y), place.outward, place.length))
    return tuple(pins)


def _box(part: Part) -> tuple[tuple[SymbolPin, ...], Box, tuple[Graphic, ...]]:
    sides = sides_of(part)
    rows = max(len(sides.left), len(sides.right), 1)
    columns = max(len(sides.top), len(sides.bottom))
    half_width = (sides.width or max(_fitting_width(part, sides.left, sides.right), SUPPLY_PITCH * (columns + 1))) // 2
    half_height = sides.pitch * (rows + 1) // 2
    body = Box(-half_width, -half_height, half_width, half_height)
    pins = []
    for numbers, outward in ((sides.left, LEFT), (sides.right, RIGHT), (sides.top, UP), (sides.bottom, DOWN)):
        for i, number in enumerate(numbers):
            if not number:
                continue
            if outward in (LEFT, RIGHT):
                at = Point(outward.x * (half_width + PIN_LENGTH), -half_height + sides.pitch * (i + 1))
            else:
                across = SUPPLY_PITCH * i - SUPPLY_PITCH * (len(numbers) - 1) // 2
                at = Point(across, outward.y * (half_height + PIN_LENGTH))
            pins.append(SymbolPin(part.pin(number), at, outward, PIN_LENGTH))
    return tuple(pins), body, (Rectangle(body, filled="background"),)


def _fitting_width(part: Part, left: tuple[str, ...], right: tuple[str, ...]) -> int:
    longest = [max((len(part.pin(n).name) for n in numbers if n), default=0) for numbers in (left, right)]
    return 2 * ((sum(longest) + 5) // 2)


def power_symbol(net: str) -> Symbol:
    """The symbol that names a supply net: ground hangs down, any other supply stands up."""
    ground = net in GROUND_NAMES
    graphics: tuple[Graphic, ...]
    if ground:
        bars = ((1.2, 1.0), (0.75, 1.5), (0.3, 2.0))
        graphics = (Line((Point(0, 0), Point(0, 1))), *(Line((Point(-half, y), Point(half, y))) for half, y in bars))
    else:
        graphics = (Line((Point(0, 0), Point(0, -1.4))), Line((Point(-0.6, -1), Point(0, -2), Point(0.6, -1))))
    pin = Pin("1", net, PinKind.POWER_IN)
    return Symbol(
        name=net,
        reference="#PWR",
        value=net,
        pins=(SymbolPin(pin, Point(0, 0), UP if ground else DOWN, 0),),
        body=Box(-1.2, 0.2, 1.2, 2) if ground else Box(-0.6, -2, 0.6, -0.2),
        graphics=graphics,
        fields=(("Footprint", ""), ("Datasheet", ""), ("Description", f"Supply net {net}")),
        is_power=True,
    )


POWER_FLAG = Symbol(
    name="PWR_FLAG",
    reference="#FLG",
    value="PWR_FLAG",
    pins=(SymbolPin(Pin("1", "pwr", PinKind.POWER_OUT), Point(0, 0), DOWN, 0),),
    body=Box(-0.8, -2.4, 0.8, -0.2),
    graphics=(
        Line((Point(0, 0), Point(0, -1))),
        Line((Point(0, -1), Point(-0.8, -1.7), Point(0, -2.4), Point(0.8, -1.7), Point(0, -1))),
    ),
    fields=(("Footprint", ""), ("Datasheet", ""), ("Description", "Tells the rule check that the net is driven")),
    is_power=True,
)
