"""Symbols as KiCad writes them: the same expression in the library and in each sheet, else KiCad finds a mismatch."""

from hardware.schematic.geometry import DOWN, LEFT, RIGHT, STEP_MM, UP, Point
from hardware.schematic.page import TEXT_MM
from hardware.schematic.symbol import Arc, Circle, Graphic, Line, Rectangle, Symbol, SymbolPin
from hardware.sexpr import Node, Quoted, dump

LIBRARY = "dollar"
_VERSION = "20241209"
_PIN_NAME_MM, _PIN_NUMBER_MM = 1.27, 1.0
# A pin's angle in KiCad is the way from its end to the body.
_PIN_ANGLE = {LEFT: 0, RIGHT: 180, UP: 270, DOWN: 90}


def library_text(symbols: list[Symbol]) -> str:
    """The .kicad_sym file."""
    head: Node = [
        "kicad_symbol_lib",
        ["version", _VERSION],
        ["generator", Quoted("dollar")],
        ["generator_version", Quoted("9.0")],
    ]
    return dump(head + [symbol_node(symbol) for symbol in sorted(symbols, key=lambda s: s.name)]) + "\n"


def table_text() -> str:
    """The project's sym-lib-table."""
    library: Node = [
        "lib",
        ["name", Quoted(LIBRARY)],
        ["type", Quoted("KiCad")],
        ["uri", Quoted(f"${{KIPRJMOD}}/{LIBRARY}.kicad_sym")],
        ["options", Quoted("")],
        ["descr", Quoted("Symbols of this project's parts, from hardware/parts")],
    ]
    return dump(["sym_lib_table", ["version", "7"], library]) + "\n"


def symbol_node(symbol: Symbol, prefix: str = "") -> Node:
    """The symbol; `prefix` is "dollar:" where it is embedded in a sheet."""
    hidden = {"Footprint", "Datasheet", "Description", "LCSC", "MPN"}
    top, bottom = mm(-symbol.body.top + 1.5), mm(-symbol.body.bottom - 1.5)
    properties: list[Node] = [
        property_node("Reference", symbol.reference, 0, top, hidden=symbol.is_power),
        property_node("Value", symbol.value, 0, bottom),
        *(property_node(name, text, 0, 0, hidden=name in hidden) for name, text in symbol.fields),
    ]
    drawing: Node = ["symbol", Quoted(f"{symbol.name}_0_1"), *map(_graphic, symbol.graphics)]
    pins: Node = ["symbol", Quoted(f"{symbol.name}_1_1"), *(_pin(pin) for pin in symbol.pins)]
    hide: Node = ["hide", "yes"]
    return [
        "symbol",
        Quoted(prefix + symbol.name),
        *([["power"]] if symbol.is_power else []),
        *([] if symbol.pin_numbers else [["pin_numbers", hide]]),
        ["pin_names", ["offset", mm(0.6)], *([] if symbol.pin_names else [hide])],
        ["exclude_from_sim", "no"],
        ["in_bom", "yes" if symbol.in_bom and not symbol.is_power else "no"],
        ["on_board", "no" if symbol.is_power else "yes"],
        *properties,
        drawing,
        pins,
        ["embedded_fonts", "no"],
    ]


def property_node(
    name: str, text: str, x: float, y: float, *, hidden: bool = False, angle: int = 0, justify: str = "centre"
) -> Node:
    """A field at millimetres x, y."""
    return ["property", Quoted(name), Quoted(text), ["at", x, y, angle], effects(justify=justify, hidden=hidden)]


def effects(
    *, size_mm: float = TEXT_MM, justify: str = "centre", vertical: str = "", hidden: bool = False, bold: bool = False
) -> Node:
    font: Node = ["font", ["size", size_mm, size_mm]]
    if bold:
        font += [["thickness", round(size_mm / 6, 3)], ["bold", "yes"]]
    sides = [side for side in (justify, vertical) if side not in ("centre", "")]
    return ["effects", font, *([["justify", *sides]] if sides else []), *([["hide", "yes"]] if hidden else [])]


def mm(steps: float) -> float:
    return round(steps * STEP_MM, 4)


def _xy(keyword: str, point: Point) -> Node:
    return [keyword, mm(point.x), mm(-point.y)]  # KiCad's libraries have y upwards


def _graphic(graphic: Graphic) -> Node:
    stroke: Node = ["stroke", ["width", graphic.width_mm], ["type", "default"]]
    match graphic:
        case Line():
            points = [_xy("xy", point) for point in graphic.points]
            return ["polyline", ["pts", *points], stroke, ["fill", ["type", graphic.filled]]]
        case Rectangle():
            start, end = Point(graphic.box.left, graphic.box.top), Point(graphic.box.right, graphic.box.bottom)
            return ["rectangle", _xy("start", start), _xy("end", end), stroke, ["fill", ["type", graphic.filled]]]
        case Circle():
            centre = _xy("center", graphic.centre)
            return ["circle", centre, ["radius", mm(graphic.radius)], stroke, ["fill", ["type", graphic.filled]]]
        case Arc():
            ends = [_xy("start", graphic.start), _xy("mid", graphic.middle), _xy("end", graphic.end)]
            return ["arc", *ends, stroke, ["fill", ["type", "none"]]]


def _pin(placed: SymbolPin) -> Node:
    at: Node = ["at", mm(placed.at.x), mm(-placed.at.y), _PIN_ANGLE[placed.outward]]
    name = "~" if placed.pin.name == placed.pin.number else placed.pin.name
    return [
        "pin",
        str(placed.pin.kind),
        "line",
        at,
        ["length", mm(placed.length)],
        ["name", Quoted(name), effects(size_mm=_PIN_NAME_MM)],
        ["number", Quoted(placed.pin.number), effects(size_mm=_PIN_NUMBER_MM)],
    ]
