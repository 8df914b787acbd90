"""Parts and ports that stand in no table yet: a row at the foot of the page, wired by labels.

So the circuit can grow before somebody draws it.
"""

from hardware.netlist import GROUND, Component, Netlist
from hardware.schematic.drawing import Place
from hardware.schematic.geometry import DOWN, LEFT, RIGHT, UP, Box, Point
from hardware.schematic.page import NetLabel, Page
from hardware.schematic.placing import open_pins, place
from hardware.schematic.router import Router
from hardware.schematic.supplies import add_power
from hardware.schematic.symbols import symbol_of

ROW, FOOT = 150, 156  # where the row stands, and what nothing goes below
FIRST, LAST = 22, 135  # its ends; the title block begins after it
STUB = 3
_PORT_COLUMN = 205
_CHARACTER = 1.2  # steps that a character of a label takes


def add_loose_parts(page: Page, router: Router, netlist: Netlist, loose: list[Component], supplies: set[str]) -> None:
    """Place the components in rows from the foot upwards; each pin gets a short wire and the name of its net."""
    x, y, row_height = float(FIRST), float(ROW), 0.0
    for component in loose:
        need = _room(netlist, component)
        if x > FIRST and x - need.left + need.right > LAST:
            x, y, row_height = float(FIRST), y - row_height - 2, 0.0
        at = Point(round(x - need.left), round(y + min(0.0, FOOT - y - need.bottom)))
        symbol = place(component, Place(component.ref, int(at.x), int(at.y)))
        x += need.right - need.left + 2
        row_height = max(row_height, need.bottom - need.top)
        page.symbols.append(symbol)
        router.keep_out(symbol.body)
        for pin in symbol.symbol.pins:
            number = pin.pin.number
            net = netlist.net_of(component.ref, number)
            end, outward = symbol.pin_at(number), symbol.pin_outward(number)
            if net is None:
                if number in open_pins(component):
                    page.no_connects.append(end)
                continue
            far = end.plus(outward, STUB)
            stub = f"loose {component.ref}.{number}"
            router.draw(stub, (end, far))
            router.terminal(end, stub)
            router.terminal(far, stub)
            if net in supplies:
                add_power(page, router, net, far, turned_over=outward == (UP if net == GROUND else DOWN))
            else:
                page.labels.append(NetLabel(net, far, outward))


def _room(netlist: Netlist, component: Component) -> Box:
    """What the symbol takes about its origin, with stubs, labels, reference and value."""
    symbol = symbol_of(component.part)
    names = [netlist.net_of(component.ref, pin.pin.number) or "" for pin in symbol.pins]
    box = symbol.body
    text = max(len(component.value), len(component.ref)) * _CHARACTER + 1
    box = Box(box.left, box.top - 4, box.right + text, box.bottom)
    for pin, name in zip(symbol.pins, names, strict=True):
        far = pin.at.plus(pin.outward, STUB + len(name) * _CHARACTER + 1)
        box = Box(min(box.left, far.x - 2), min(box.top, far.y), max(box.right, far.x + 2), max(box.bottom, far.y))
    return box


def add_loose_port(page: Page, router: Router, net: str, shape: str, supplies: set[str]) -> None:
    """A hierarchical label that the table has no row for, joined to its net by name."""
    count = sum(label.shape != "" and label.at.x == _PORT_COLUMN for label in page.labels)
    at = Point(_PORT_COLUMN, 40 + 5 * count)
    end = at.plus(LEFT, 6)
    page.labels.append(NetLabel(net, at, RIGHT, shape))
    router.draw(f"loose port {net}", (end, at))
    router.terminal(at, f"loose port {net}")
    router.terminal(end, f"loose port {net}")
    if net in supplies:
        add_power(page, router, net, end)
    else:
        page.labels.append(NetLabel(net, end, LEFT))
