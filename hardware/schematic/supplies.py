"""Power symbols on a block's page: those of the table, over a wire to several pins, and one at each other supply pin."""

from hardware.errors import InputError
from hardware.netlist import GROUND, Netlist
from hardware.schematic.drawing import PORT, Drawing, Flag, Supply
from hardware.schematic.geometry import DOWN, RIGHT, UP, Point
from hardware.schematic.identity import identifier
from hardware.schematic.page import Page, PlacedSymbol, Text
from hardware.schematic.router import Router
from hardware.schematic.symbols import POWER_FLAG, power_symbol

STUB = 2  # from a pin that points sideways to its power symbol


def add_power(page: Page, router: Router, net: str, at: Point, turned_over: bool = False) -> None:
    """A power symbol of the net, its name shown. `turned_over`: a supply that hangs, a ground that stands."""
    count = sum(placed.symbol.is_power for placed in page.symbols) + 1
    symbol = power_symbol(net)
    text = Text(net, at.plus(UP if (net == GROUND) == turned_over else DOWN, 3.1), "centre")
    placed = PlacedSymbol(
        symbol=symbol,
        ref=f"#PWR{page.number}{count:02d}",
        value=net,
        at=at,
        uuid=identifier(page.name, "power", net, *at),
        rotation=180 if turned_over else 0,
        value_text=text,
        fields=symbol.fields,
    )
    page.symbols.append(placed)
    router.keep_out(placed.body)
    router.avoid(text.box)


def _add_flag(page: Page, router: Router, row: Flag) -> None:
    at = Point(row.x, row.y)
    placed = PlacedSymbol(
        symbol=POWER_FLAG,
        ref=f"#FLG{page.number}{sum(p.symbol is POWER_FLAG for p in page.symbols) + 1:02d}",
        value=POWER_FLAG.value,
        at=at,
        uuid=identifier(page.name, "flag", row.net),
        rotation=row.rotation,
        value_text=Text(POWER_FLAG.value, at.plus(UP, 3.5), "centre"),
        fields=POWER_FLAG.fields,
    )
    page.symbols.append(placed)
    router.keep_out(placed.body)
    router.avoid(Text(POWER_FLAG.value, at.plus(UP, 3.5), "centre").box)


def wire_supplies(
    page: Page, router: Router, netlist: Netlist, drawing: Drawing, placed: dict[str, PlacedSymbol], nets: set[str]
) -> None:
    """Connect every supply pin of the placed symbols. `nets` are the supply nets."""
    flags = {flag.net: flag for flag in drawing.flags}
    served: set[tuple[str, str]] = set()
    islands: dict[str, list[Point]] = {}
    for i, row in enumerate(drawing.supplies):
        pins = [_pin(netlist, drawing, row, name, placed) for name in row.pins if name != PORT]
        served.update(pins)
        points = [Point(row.x, row.y), *(placed[ref].pin_at(number) for ref, number in pins)]
        if PORT in row.pins:
            points += [Point(port.x, port.y) for port in drawing.ports if port.net == row.net]
        if row.net in flags:
            flag = flags.pop(row.net)
            points.append(Point(flag.x, flag.y))
            _add_flag(page, router, flag)
        add_power(page, router, row.net, points[0])
        islands[f"{row.net}#{i}"] = points
        for rail in row.rails:
            router.draw(f"{row.net}#{i}", [Point(*corner) for corner in rail])
    for flag in flags.values():  # of a net without a Supply row: with a power symbol of its own
        at = Point(flag.x, flag.y)
        _add_flag(page, router, flag)
        add_power(page, router, flag.net, at.plus(RIGHT, 4))
        islands[f"{flag.net}#flag"] = [at, at.plus(RIGHT, 4)]
    for ref, symbol in placed.items():
        for pin in symbol.symbol.pins:
            net = netlist.net_of(ref, pin.pin.number)
            if net in nets and (ref, pin.pin.number) not in served:
                _symbol_at_pin(page, router, net, symbol.pin_at(pin.pin.number), symbol.pin_outward(pin.pin.number))
    for island, points in islands.items():
        for point in points:
            router.terminal(point, island)
    for island, points in islands.items():
        for point in router.join(island, points):
            add_power(page, router, island.split("#")[0], point)


def _pin(netlist: Netlist, drawing: Drawing, row: Supply, name: str, placed: dict[str, PlacedSymbol]) -> tuple[str, str]:
    """Reference and number of a pin that a row names as "U3.VDD". InputError unless it is placed and on the row's net."""
    ref, pin_name = name.split(".", 1)
    numbers = [pin.number for pin in netlist.components[ref].part.pins if pin_name in (pin.number, pin.name)]
    if ref in placed and len(numbers) == 1 and netlist.net_of(ref, numbers[0]) == row.net:
        return ref, numbers[0]
    raise InputError(
        f"hardware/schematic/drawings/{drawing.block}.py: the Supply row of {row.net} at {row.x}, {row.y} names {name}, "
        "which is not a placed pin of that net: mend the row"
    )


def _symbol_at_pin(page: Page, router: Router, net: str, at: Point, outward: Point) -> None:
    """Its own power symbol: at the pin if that points the right way, else at the end of a short wire."""
    island = f"{net}@{at.x:g},{at.y:g}"
    if outward.y == 0:
        end = at.plus(outward, STUB)
        router.draw(island, (at, end))
        at = end
    router.terminal(at, island)
    add_power(page, router, net, at, turned_over=outward == (UP if net == GROUND else DOWN))
