"""A page as a .kicad_sch file of KiCad 9."""

from hardware.paths import NAME
from hardware.schematic.geometry import DOWN, LEFT, RIGHT, UP, Point
from hardware.schematic.identity import ROOT_UUID, identifier, sheet_uuid
from hardware.schematic.kicad_symbols import LIBRARY, effects, mm, property_node, symbol_node
from hardware.schematic.page import NetLabel, Page, PlacedSymbol, SheetBox, SheetPin, Text
from hardware.sexpr import Node, Quoted, dump

_VERSION = "20250114"
_TEXT_ANGLE = {RIGHT: 0, UP: 90, LEFT: 180, DOWN: 270}


def sheet_file(block: str) -> str:
    return f"{block}.kicad_sch"


def sheet_text(page: Page, title_block: Node) -> str:
    """The file of one page."""
    is_root = page.name == "root"
    own_uuid = ROOT_UUID if is_root else identifier("page", page.name)
    path = f"/{ROOT_UUID}" if is_root else f"/{ROOT_UUID}/{sheet_uuid(page.name)}"
    used = {placed.symbol.name: placed.symbol for placed in page.symbols}
    tree: Node = [
        "kicad_sch",
        ["version", _VERSION],
        ["generator", Quoted("dollar")],
        ["generator_version", Quoted("9.0")],
        ["uuid", Quoted(own_uuid)],
        ["paper", Quoted("A4")],
        title_block,
        ["lib_symbols", *(symbol_node(used[name], f"{LIBRARY}:") for name in sorted(used))],
        *(_text(page, text) for text in page.texts),
        *(_junction(page, point) for point in sorted(page.junctions)),
        *(_no_connect(page, point) for point in sorted(page.no_connects)),
        *(_wire(page, *wire) for wire in sorted(page.wires)),
        *(_label(page, label) for label in page.labels),
        *(_symbol(placed, path) for placed in page.symbols),
        *(_sheet(sheet, number) for number, sheet in enumerate(page.sheets, 2)),
    ]
    if is_root:
        tree.append(["sheet_instances", ["path", Quoted("/"), ["page", Quoted("1")]]])
    tree.append(["embedded_fonts", "no"])
    return dump(tree) + "\n"


def _at(point: Point, angle: int | None = None) -> Node:
    return ["at", mm(point.x), mm(point.y), *([] if angle is None else [angle])]


def _uuid(*name: object) -> Node:
    return ["uuid", Quoted(identifier(*name))]


def _text(page: Page, text: Text) -> Node:
    return [
        "text",
        Quoted(text.text),
        ["exclude_from_sim", "no"],
        _at(text.at, 0),
        effects(size_mm=text.size_mm, justify=text.justify, bold=text.bold),
        _uuid(page.name, "text", text.text, *text.at),
    ]


def _junction(page: Page, point: Point) -> Node:
    return ["junction", _at(point), ["diameter", 0], ["color", 0, 0, 0, 0], _uuid(page.name, "junction", *point)]


def _no_connect(page: Page, point: Point) -> Node:
    return ["no_connect", _at(point), _uuid(page.name, "open", *point)]


def _wire(page: Page, start: Point, end: Point) -> Node:
    points: Node = ["pts", ["xy", mm(start.x), mm(start.y)], ["xy", mm(end.x), mm(end.y)]]
    stroke: Node = ["stroke", ["width", 0], ["type", "default"]]
    return ["wire", points, stroke, _uuid(page.name, "wire", *start, *end)]


def _label(page: Page, label: NetLabel) -> Node:
    justify = "right" if label.outward in (LEFT, DOWN) else "left"
    shape: list[Node] = [["shape", label.shape]] if label.shape else []
    return [
        "hierarchical_label" if label.shape else "label",
        Quoted(label.net),
        *shape,
        _at(label.at, _TEXT_ANGLE[label.outward]),
        effects(justify=justify, vertical="" if label.shape else "bottom"),
        _uuid(page.name, "label", label.shape, label.net, *label.at),
    ]


def _symbol(placed: PlacedSymbol, path: str) -> Node:
    symbol = placed.symbol
    in_bom = "yes" if symbol.in_bom and not symbol.is_power else "no"
    return [
        "symbol",
        ["lib_id", Quoted(f"{LIBRARY}:{symbol.name}")],
        _at(placed.at, placed.rotation),
        *([["mirror", "y"]] if placed.mirrored else []),
        ["unit", 1],
        ["exclude_from_sim", "no"],
        ["in_bom", in_bom],
        ["on_board", "no" if symbol.is_power else "yes"],
        ["dnp", "no"],
        ["uuid", Quoted(placed.uuid)],
        _field(placed, "Reference", placed.ref, placed.reference_text),
        _field(placed, "Value", placed.value, placed.value_text),
        *(_field(placed, name, text, None) for name, text in placed.fields),
        *(["pin", Quoted(pin.pin.number), _uuid(placed.uuid, "pin", pin.pin.number)] for pin in symbol.pins),
        ["instances", ["project", Quoted(NAME), ["path", Quoted(path), ["reference", Quoted(placed.ref)], ["unit", 1]]]],
    ]


def _field(placed: PlacedSymbol, name: str, content: str, text: Text | None) -> Node:
    """A field of a placed symbol; without a text it is hidden.

    KiCad turns and mirrors a field with its symbol: what is written here undoes that, so that it reads level.
    """
    at = placed.at if text is None else text.at
    justify = "centre" if text is None else text.justify
    if (placed.rotation in (90, 180)) != placed.mirrored and justify != "centre":
        justify = "right" if justify == "left" else "left"
    angle = 90 if placed.rotation in (90, 270) else 0
    return property_node(name, content, mm(at.x), mm(at.y), hidden=text is None, angle=angle, justify=justify)


def _sheet(sheet: SheetBox, number: int) -> Node:
    box = sheet.box
    name = property_node("Sheetname", sheet.block, mm(box.left), mm(box.top - 0.6), justify="left")
    file = property_node("Sheetfile", sheet_file(sheet.block), mm(box.left), mm(box.bottom + 0.6), justify="left")
    name[-1] = effects(size_mm=1.8, justify="left", vertical="bottom", bold=True)
    file[-1] = effects(size_mm=1.0, justify="left", vertical="top", hidden=True)
    return [
        "sheet",
        _at(Point(box.left, box.top)),
        ["size", mm(box.right - box.left), mm(box.bottom - box.top)],
        ["exclude_from_sim", "no"],
        ["in_bom", "yes"],
        ["on_board", "yes"],
        ["dnp", "no"],
        ["stroke", ["width", 0.2], ["type", "solid"]],
        ["fill", ["color", 0, 0, 0, 0.0]],
        ["uuid", Quoted(sheet_uuid(sheet.block))],
        name,
        file,
        *(_sheet_pin(sheet, pin) for pin in sheet.pins),
        ["instances", ["project", Quoted(NAME), ["path", Quoted(f"/{ROOT_UUID}"), ["page", Quoted(str(number))]]]],
    ]


def _sheet_pin(sheet: SheetBox, pin: SheetPin) -> Node:
    justify = "left" if pin.outward in (LEFT, DOWN) else "right"
    return [
        "pin",
        Quoted(pin.net),
        pin.shape,
        _at(pin.at, _TEXT_ANGLE[pin.outward]),
        _uuid("sheet pin", sheet.block, pin.net),
        effects(justify=justify),
    ]
