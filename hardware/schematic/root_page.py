"""The root page: a block diagram. One box per block, wired by the nets that join them."""

import textwrap

from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.schematic.docstrings import purpose_of
from hardware.schematic.drawing import PAGE_HEIGHT, PAGE_WIDTH, BlockBox, BlockDiagram
from hardware.schematic.figures import filled_in
from hardware.schematic.geometry import DOWN, LEFT, RIGHT, STEP_MM, UP, Box, Point
from hardware.schematic.identity import is_supply, leaving
from hardware.schematic.labels import direction, free_label
from hardware.schematic.page import TITLE_BLOCK, NetLabel, Page, SheetBox, SheetPin, Text, heading
from hardware.schematic.router import Router

_FILE = "hardware/schematic/drawings/root.py"
_MARGIN = 10
_PITCH = 4  # between pins of a box
_MAIN_PARTS = ("U", "MK", "BT", "AE", "J")
_SMALL_MM = 1.27
_CHARACTER = 0.95  # steps that one of a small text takes


def root_page(netlist: Netlist, diagram: BlockDiagram, blocks: list[str]) -> Page:
    """InputError if the table has a row for a block or net that is gone."""
    page = Page("root", 1, diagram.title)
    router = Router(Box(_MARGIN, _MARGIN, PAGE_WIDTH - _MARGIN, PAGE_HEIGHT - _MARGIN))
    router.keep_out(TITLE_BLOCK)
    page.texts += heading(diagram.headline, diagram.reason)
    page.texts += [Text(filled_in(note.text, netlist, _FILE), Point(note.x, note.y)) for note in diagram.notes]
    for box in _boxes(diagram, blocks):
        _add_box(page, router, netlist, box)
    for text in page.texts:
        router.avoid(text.box)

    terminals: dict[str, list[Point]] = {}
    for sheet in page.sheets:
        for pin in sheet.pins:
            terminals.setdefault(pin.net, []).append(pin.at)
            router.terminal(pin.at, pin.net)
    for route in diagram.routes:
        if route.net not in terminals:
            raise InputError(f"{_FILE}: a Route row is for net {route.net}, which joins no blocks: remove the row")
        router.draw(route.net, [Point(*corner) for corner in route.points])
    _wire(page, router, netlist, diagram, terminals)
    return page


def _boxes(diagram: BlockDiagram, blocks: list[str]) -> list[BlockBox]:
    """The table's boxes, and one at the foot for each block that it lacks."""
    for box in diagram.boxes:
        if box.block not in blocks:
            raise InputError(
                f"{_FILE}: the row BlockBox({box.block!r}, ...) is for a block that the circuit does not have: remove the row"
            )
    drawn = {box.block for box in diagram.boxes}
    missing = [block for block in blocks if block not in drawn]
    return [*diagram.boxes, *(BlockBox(block, 16 + 40 * i, 130, 30, 20) for i, block in enumerate(missing))]


def _add_box(page: Page, router: Router, netlist: Netlist, row: BlockBox) -> None:
    box = Box(row.x, row.y, row.x + row.width, row.y + row.height)
    nets = leaving(netlist, row.block)
    listed = {name for side in (row.left, row.right, row.top, row.bottom) for name in side if name}
    for name in sorted(listed - set(nets)):
        raise InputError(f"{_FILE}: block {row.block} has a pin {name}, but no such net leaves the block: remove the pin")
    right = (*row.right, *(net for net in nets if net not in listed))
    pins = []
    for names, outward in ((row.left, LEFT), (right, RIGHT), (row.top, UP), (row.bottom, DOWN)):
        for i, name in enumerate(names):
            along = _PITCH * (i + 1)
            at = {
                LEFT: Point(box.left, box.top + along),
                RIGHT: Point(box.right, box.top + along),
                UP: Point(box.left + along, box.top),
                DOWN: Point(box.left + along, box.bottom),
            }[outward]
            if name:
                pins.append(SheetPin(name, at, outward, direction(netlist, name, row.block)))
    page.sheets.append(SheetBox(row.block, box, tuple(pins)))
    _describe(page, netlist, row, box)
    router.keep_out(box)
    router.avoid(Box(box.left, box.top - 2, box.left + 1.3 * len(row.block), box.top))


def _describe(page: Page, netlist: Netlist, row: BlockBox, box: Box) -> None:
    """What the block is, and its main parts, at the foot of its box."""
    parts = [c for kind in _MAIN_PARTS for c in netlist.in_block(row.block) if c.part.reference == kind]
    main = [f"{c.ref}  {c.value}" for c in parts]
    lines = textwrap.wrap(purpose_of(row.block).headline.split(". ")[0], int(row.width / _CHARACTER))
    foot = box.bottom - 1
    for text, bold in ((lines, False), (main, True)):
        if text:
            height = 1.7 * _SMALL_MM / STEP_MM * len(text)
            page.texts.append(Text("\n".join(text), Point(box.left + 1.5, foot - height / 2), size_mm=_SMALL_MM, bold=bold))
            foot -= height + 0.6


def _wire(page: Page, router: Router, netlist: Netlist, diagram: BlockDiagram, terminals: dict[str, list[Point]]) -> None:
    def order(net: str) -> tuple[int, str]:
        return len(terminals[net]), net

    lonely = {net: router.join(net, terminals[net]) for net in sorted(terminals, key=order)}
    router.trim()
    wires = router.wires()
    for some in wires.values():
        page.wires += some
    page.junctions += router.junctions()
    occupied = [sheet.box for sheet in page.sheets] + [text.box for text in page.texts]
    rows = {row.net: row for row in diagram.labels}
    for net in sorted(terminals):
        if is_supply(netlist, net):
            continue
        label: NetLabel | None
        if net in rows:
            label = NetLabel(net, Point(rows[net].x, rows[net].y), RIGHT)
        else:
            label = free_label(net, wires[net], occupied, page.wires) if net in wires else None
        if label is not None:
            page.labels.append(label)
            occupied.append(label.box)
        page.labels += [NetLabel(net, point, RIGHT) for point in lonely[net]]
