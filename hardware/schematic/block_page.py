"""A block's page: its drawing table and the netlist put together, wired by the router."""

from hardware.netlist import Netlist
from hardware.schematic.docstrings import Purpose, purpose_of
from hardware.schematic.drawing import PAGE_HEIGHT, PAGE_WIDTH, PORT, Drawing
from hardware.schematic.figures import filled_in
from hardware.schematic.geometry import LEFT, RIGHT, Box, Point, around
from hardware.schematic.identity import is_supply, leaving
from hardware.schematic.labels import direction, free_label
from hardware.schematic.overflow import add_loose_parts, add_loose_port
from hardware.schematic.page import TITLE_BLOCK, NetLabel, Page, PlacedSymbol, Text, heading
from hardware.schematic.placing import check_rows, open_pins, place
from hardware.schematic.router import Router
from hardware.schematic.supplies import add_power, wire_supplies

MARGIN = 10  # the page's frame


def block_page(netlist: Netlist, drawing: Drawing, number: int) -> Page:
    """InputError if the table has a row for a part or net that the block does not have."""
    check_rows(netlist, drawing)
    page = Page(drawing.block, number, drawing.title)
    router = Router(Box(MARGIN, MARGIN, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - MARGIN))
    router.keep_out(TITLE_BLOCK)
    _write_notes(page, router, netlist, drawing)

    placed = {row.ref: place(netlist.components[row.ref], row) for row in drawing.places}
    loose = [component for component in netlist.in_block(drawing.block) if component.ref not in placed]
    for symbol in placed.values():
        page.symbols.append(symbol)
        _keep_clear(router, symbol)
    _mark_open_pins(page, router, netlist, placed)

    supplies = {net for net in netlist.nets if is_supply(netlist, net)}
    terminals = _signal_terminals(netlist, placed, supplies)
    for net, points in terminals.items():
        for point in points:
            router.terminal(point, net)
    ported = _add_ports(page, router, netlist, drawing, supplies, terminals)
    for route in drawing.routes:
        router.draw(route.net, [Point(*corner) for corner in route.points])
    wire_supplies(page, router, netlist, drawing, placed, supplies)
    lonely = _wire_signals(router, terminals)

    add_loose_parts(page, router, netlist, loose, supplies)
    for net in leaving(netlist, drawing.block):
        if net not in ported:
            add_loose_port(page, router, net, direction(netlist, net, drawing.block), supplies)

    _collect_wires(page, router)
    _name_nets(page, router, netlist, drawing, supplies, ported, lonely)
    return page


def _write_notes(page: Page, router: Router, netlist: Netlist, drawing: Drawing) -> None:
    purpose: Purpose = purpose_of(drawing.block)
    page.texts += heading(purpose.headline, purpose.reason)
    file = f"hardware/schematic/drawings/{drawing.block}.py"
    page.texts += [Text(filled_in(note.text, netlist, file), Point(note.x, note.y)) for note in drawing.notes]
    for text in page.texts:
        router.avoid(text.box)


def _keep_clear(router: Router, symbol: PlacedSymbol) -> None:
    router.keep_out(symbol.body)
    for text in symbol.texts:
        router.avoid(text.box)
    for pin in symbol.symbol.pins:
        end, inward = symbol.pin_at(pin.pin.number), symbol.pin_outward(pin.pin.number)
        router.keep_out_points(end.plus(inward, -i) for i in range(1, int(pin.length) + 1))


def _mark_open_pins(page: Page, router: Router, netlist: Netlist, placed: dict[str, PlacedSymbol]) -> None:
    """A cross on each pin that the circuit declares open; the rule check finds any other open pin."""
    for ref, symbol in placed.items():
        for number in open_pins(netlist.components[ref]):
            at = symbol.pin_at(number)
            page.no_connects.append(at)
            router.terminal(at, f"open {ref}.{number}")


def _signal_terminals(netlist: Netlist, placed: dict[str, PlacedSymbol], supplies: set[str]) -> dict[str, list[Point]]:
    terminals: dict[str, list[Point]] = {}
    for ref, symbol in placed.items():
        for pin in symbol.symbol.pins:
            net = netlist.net_of(ref, pin.pin.number)
            if net is not None and net not in supplies:
                terminals.setdefault(net, []).append(symbol.pin_at(pin.pin.number))
    return terminals


def _add_ports(
    page: Page,
    router: Router,
    netlist: Netlist,
    drawing: Drawing,
    supplies: set[str],
    terminals: dict[str, list[Point]],
) -> set[str]:
    """Hierarchical labels of the table; one on a supply net gets a power symbol."""
    for port in drawing.ports:
        at, outward = Point(port.x, port.y), LEFT if port.at_left else RIGHT
        label = NetLabel(port.net, at, outward, direction(netlist, port.net, drawing.block))
        page.labels.append(label)
        router.keep_out(label.box)
        if port.net not in supplies:
            terminals.setdefault(port.net, []).append(at)
            router.terminal(at, port.net)
        elif not any(row.net == port.net and PORT in row.pins for row in drawing.supplies):
            end = at.plus(outward, -4)
            own = f"port {port.net}"
            router.draw(own, (at, end))
            router.terminal(at, own)
            router.terminal(end, own)
            add_power(page, router, port.net, end)
    return {port.net for port in drawing.ports}


def _wire_signals(router: Router, terminals: dict[str, list[Point]]) -> dict[str, list[Point]]:
    """Wire the nets, short ones first; returns the terminals that no wire reached."""
    lonely: dict[str, list[Point]] = {}

    def extent(net: str) -> tuple[float, str]:
        box = around(terminals[net])
        return box.right - box.left + box.bottom - box.top, net

    for net in sorted(terminals, key=extent):
        unreached = router.join(net, terminals[net]) if len(terminals[net]) > 1 else terminals[net]
        if unreached:
            lonely[net] = unreached
    return lonely


def _collect_wires(page: Page, router: Router) -> None:
    router.trim()
    for wires in router.wires().values():
        page.wires += wires
    page.junctions += router.junctions()


def _name_nets(
    page: Page,
    router: Router,
    netlist: Netlist,
    drawing: Drawing,
    supplies: set[str],
    ported: set[str],
    lonely: dict[str, list[Point]],
) -> None:
    """Local labels: on each internal net, so that its name is kept, and where a wire did not reach."""
    rows = {row.net: row for row in drawing.labels}
    occupied = [box for symbol in page.symbols for box in (symbol.body, *(text.box for text in symbol.texts))]
    occupied += [text.box for text in page.texts] + [label.box for label in page.labels]
    for net, wires in sorted(router.wires().items()):
        if net not in netlist.nets or net in supplies or (net in ported and net not in lonely):
            continue
        if net in rows:
            label = NetLabel(net, Point(rows[net].x, rows[net].y), RIGHT)
        else:
            label = free_label(net, wires, occupied, page.wires)
        page.labels.append(label)
        occupied.append(label.box)
    for net, points in lonely.items():
        page.labels += [NetLabel(net, point, RIGHT) for point in points]
