"""Parts to placed symbols: the rows of a block's table, checked against the netlist, and the texts beside each symbol."""

from hardware.errors import InputError
from hardware.netlist import Component, Netlist
from hardware.schematic.drawing import PORT, Beside, Drawing, Place
from hardware.schematic.geometry import DOWN, UP, Box, Point, turned, turned_box
from hardware.schematic.identity import leaving
from hardware.schematic.page import PlacedSymbol, Text
from hardware.schematic.symbol import Symbol
from hardware.schematic.symbols import symbol_of


def place(component: Component, row: Place) -> PlacedSymbol:
    """The symbol of a component where its row says."""
    symbol = symbol_of(component.part)
    at = Point(row.x, row.y)
    body = turned_box(symbol.body, row.rotation, row.mirrored).moved(at)
    beside = row.text or _usual(symbol, row)
    on_top = [turned(pin.at, row.rotation, row.mirrored).plus(at).x for pin in symbol.pins if pin.outward == UP]
    reference, value = _texts(component, body, beside, max(on_top, default=body.left - 1) + 1)
    fields = [("Footprint", component.footprint), ("Datasheet", ""), ("Description", component.part.description)]
    fields += [(name, text) for name, text in (("LCSC", component.lcsc), ("MPN", component.mpn)) if text]
    return PlacedSymbol(
        symbol=symbol,
        ref=component.ref,
        value=component.value,
        at=at,
        uuid=component.uuid,
        rotation=row.rotation,
        mirrored=row.mirrored,
        reference_text=reference,
        value_text=value,
        fields=tuple(fields),
    )


def _usual(symbol: Symbol, row: Place) -> Beside:
    if len(symbol.pins) > 2 and symbol.pin_numbers:
        return Beside.CORNER
    outward = [turned(pin.outward, row.rotation, row.mirrored) for pin in symbol.pins]
    if outward[0].y:
        return Beside.RIGHT
    return Beside.ABOVE if DOWN in outward else Beside.AROUND


def _texts(component: Component, body: Box, beside: Beside, corner_x: float) -> tuple[Text, Text]:
    centre = body.centre
    at: tuple[Point, Point]
    match beside:
        case Beside.LEFT:
            at, justify = (Point(body.left - 0.8, centre.y - 1), Point(body.left - 0.8, centre.y + 1)), "right"
        case Beside.ABOVE:
            at, justify = (Point(centre.x, body.top - 3.2), Point(centre.x, body.top - 1.3)), "centre"
        case Beside.BELOW:
            at, justify = (Point(centre.x, body.bottom + 1.3), Point(centre.x, body.bottom + 3.2)), "centre"
        case Beside.AROUND:
            at, justify = (Point(centre.x, body.top - 1.3), Point(centre.x, body.bottom + 1.3)), "centre"
        case Beside.CORNER:
            at, justify = (Point(corner_x, body.top - 3.2), Point(corner_x, body.top - 1.3)), "left"
        case _:
            at, justify = (Point(body.right + 0.8, centre.y - 1), Point(body.right + 0.8, centre.y + 1)), "left"
    return Text(component.ref, at[0], justify), Text(component.value, at[1], justify)


def check_rows(netlist: Netlist, drawing: Drawing) -> None:
    """InputError for a row whose part or net the block no longer has."""
    file = f"hardware/schematic/drawings/{drawing.block}.py"
    refs = {component.ref for component in netlist.in_block(drawing.block)}
    named = [(f"Place({row.ref!r}, ...)", row.ref) for row in drawing.places]
    named += [
        (f"Supply({row.net!r}, {row.x}, {row.y}, ...) with {pin}", pin.split(".", 1)[0])
        for row in drawing.supplies
        for pin in row.pins
        if pin != PORT
    ]
    for row, ref in named:
        if ref not in refs:
            raise InputError(f"{file}: the row {row} is for {ref}, which block {drawing.block} does not have: remove the row")
    seen: set[str] = set()
    for place_row in drawing.places:
        if place_row.ref in seen:
            raise InputError(f"{file}: {place_row.ref} has two Place rows: remove one")
        seen.add(place_row.ref)
    nets = {net for ref in refs for net in [netlist.net_of(ref, p.number) for p in netlist.components[ref].part.pins] if net}
    rows = (("Supply", drawing.supplies), ("Flag", drawing.flags), ("Route", drawing.routes), ("Label", drawing.labels))
    for kind, net in [(kind, row.net) for kind, some in rows for row in some]:
        if net not in nets:
            raise InputError(f"{file}: a {kind} row is for net {net}, which block {drawing.block} does not have: remove the row")
    for port in drawing.ports:
        if port.net not in leaving(netlist, drawing.block):
            raise InputError(
                f"{file}: a Port row is for net {port.net}, which does not leave block {drawing.block}: remove the row"
            )


def open_pins(component: Component) -> list[str]:
    """Numbers of the pins that are open on purpose."""
    return [pin.number for pin in component.part.pins if {pin.name, f"p{pin.number}"} & set(component.open_pins)]
