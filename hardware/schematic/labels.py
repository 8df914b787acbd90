"""Net names on wires: a free place for each, so that no text lies on a wire, a symbol or another text."""

from hardware.netlist import Netlist
from hardware.parts.part import PinKind
from hardware.schematic.geometry import RIGHT, UP, Box, Point
from hardware.schematic.page import NetLabel

Wire = tuple[Point, Point]


def free_label(net: str, wires: list[Wire], occupied: list[Box], all_wires: list[Wire]) -> NetLabel:
    """A label on one of the net's wires where it covers least, in the middle; the longest horizontal wire is tried first."""
    wires = sorted(wires, key=lambda wire: (wire[0].y != wire[1].y, -_length(wire), wire))
    best: tuple[int, NetLabel] | None = None
    for start, end in wires:
        outward = RIGHT if start.y == end.y else UP
        anchors = [Point(x, y) for x, y in Box(*start, *end).grid_points()]
        # The text in the middle of its wire, as far as its neighbours let it.
        middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2).plus(outward, -len(net) / 2)
        anchors.sort(key=lambda at: (abs(at.x - middle.x) + abs(at.y - middle.y), at))
        for at in anchors:
            label = NetLabel(net, at, outward)
            box = label.box
            covered = sum(box.overlaps(other) for other in occupied) + sum(_crosses(wire, box) for wire in all_wires)
            inside = box.right <= end.x if outward == RIGHT else box.top >= start.y
            covered = 2 * covered + (not inside)
            if best is None or covered < best[0]:
                best = covered, label
            if covered == 0:
                return label
    assert best is not None, f"{net} has no wire to stand on"
    return best[1]


def _length(wire: Wire) -> float:
    return abs(wire[0].x - wire[1].x) + abs(wire[0].y - wire[1].y)


def _crosses(wire: Wire, box: Box) -> bool:
    (x1, y1), (x2, y2) = wire
    return Box(x1 - 0.05, y1 - 0.05, x2 + 0.05, y2 + 0.05).overlaps(box.grown(-0.1))


def direction(netlist: Netlist, net: str, block: str) -> str:
    """Shape of the block's port: whether its pins drive the net, listen, both, or neither."""
    inside = {pin.kind for component, pin in netlist.on_net(net) if component.block == block}
    outside = {pin.kind for component, pin in netlist.on_net(net) if component.block != block}
    if inside & {PinKind.POWER_OUT, PinKind.OUTPUT}:
        return "output"
    if outside & {PinKind.POWER_OUT, PinKind.OUTPUT}:
        return "input"
    if PinKind.BIDIRECTIONAL in inside and PinKind.BIDIRECTIONAL in outside:
        return "bidirectional"
    if PinKind.BIDIRECTIONAL in inside and PinKind.INPUT in outside:
        return "output"
    if PinKind.INPUT in inside:
        return "input"
    return "passive" if inside == {PinKind.PASSIVE} else "bidirectional"
