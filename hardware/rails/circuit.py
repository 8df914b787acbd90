"""A board without power as branches between nodes: the copper of its rails, and what the netlist puts upon it.

Where a part lies decides to which node of a rail it goes. Nets without such copper are one node each. Solder that joins a rail
to another net does so where their pads come nearest to each other: the netlist does not tell the place.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import dist

from hardware.netlist import GROUND, Component, Netlist, Terminal
from hardware.parts.board_features import PROGRAMMING_ROW
from hardware.parts.part import PinKind
from hardware.rails import copper
from hardware.rails.copper import Rail

_SOLDER_OHM = 1e-3
# What a chip without power is to a signal of some millivolts (?): its die's own capacity, and that of a pin.
_CHIP_FARAD, _CHIP_OHM, _PIN_FARAD = 200e-12, 1.0, 5e-12
# Of passive parts that state none: as good as none, beside those of the copper.
_SERIES_H, _SERIES_OHM = 0.5e-9, 0.01

Node = str


@dataclass(frozen=True)
class Branch:
    """Resistance, inductance and capacity in series between two nodes. `farad` 0: no capacitor in it."""

    name: str
    one: Node
    other: Node
    ohm: float = 0.0
    henry: float = 0.0
    farad: float = 0.0
    is_copper: bool = False


@dataclass(frozen=True)
class Circuit:
    """`pads`: the node of each pad on a rail, whatever is soldered to it."""

    branches: tuple[Branch, ...]
    pads: dict[Terminal, Node]


def circuit(netlist: Netlist, rails: Sequence[Rail]) -> Circuit:
    """Of the netlist's parts on these rails."""
    nets = {rail: _present_net(netlist, rail) for rail in rails}
    factor = _inductance_factor(netlist)
    branches = [branch for rail in rails for branch in _copper(rail, factor)]
    branches += [branch for net in {*nets.values()} - {None} for branch in _solder([r for r in rails if nets[r] == net], net)]
    for component in netlist.components.values():
        nodes = {pin.number: _node(netlist, Terminal(component.ref, pin.number), nets) for pin in component.part.pins}
        branches += _part(component, nodes)
    pads = {end: _at(node) for rail in rails for end, node in rail.pads}
    return Circuit(tuple(branches), pads)


def _present_net(netlist: Netlist, rail: Rail) -> str | None:
    """The netlist's name of the net that most of the rail's pads are on."""
    found = Counter(net for end, _ in rail.pads if end.ref in netlist.components and (net := netlist.net_of(end.ref, end.number)))
    return found.most_common(1)[0][0] if found else None


def _inductance_factor(netlist: Netlist) -> float:
    rows = netlist.of_part(PROGRAMMING_ROW.name)
    return 1 + float(rows[0].part.facts["track_inductance_error"]) if rows else 1.0


def _at(node: copper.Node) -> Node:
    return f"{node[0]}_{node[1]:.3f}_{node[2]:.3f}"


def _copper(rail: Rail, factor: float) -> Iterator[Branch]:
    for number, track in enumerate(rail.tracks):
        yield Branch(f"{rail.net}{number}", _at(track.one), _at(track.other), track.ohm, track.henry * factor, is_copper=True)


def _solder(joined: list[Rail], net: str | None) -> Iterator[Branch]:
    """Rails that are on one net now, with each other and with ground."""
    for rail in joined if net == GROUND else ():
        grounded = [place for end, place in copper.places().items() if end in copper.ground()]
        near = min(rail.pads, key=lambda pad: min(dist(pad[1][1:], place) for place in grounded))
        yield Branch(f"solder_{rail.net}", _at(near[1]), GROUND, _SOLDER_OHM)
    for first, second in pairwise(joined):
        one, other = min(product(first.pads, second.pads), key=lambda pair: dist(pair[0][1][1:], pair[1][1][1:]))
        yield Branch(f"solder_{first.net}_{second.net}", _at(one[1]), _at(other[1]), _SOLDER_OHM)


def _node(netlist: Netlist, end: Terminal, nets: dict[Rail, str | None]) -> Node:
    net = netlist.net_of(end.ref, end.number)
    if net is None:
        return f"open_{end.ref}_{end.number}"
    if net == GROUND:
        return GROUND
    pads = {pad: node for rail, name in nets.items() if name == net for pad, node in rail.pads}
    if end in pads or not pads:
        return _at(pads[end]) if pads else f"net_{net}"
    place = copper.places().get(end)
    return _at(min(pads.values(), key=lambda node: dist(node[1:], place) if place else 0.0))


def _part(component: Component, nodes: dict[str, Node]) -> Iterator[Branch]:
    ref, part = component.ref, component.part
    quantity, value = (part.rating.quantity, part.rating.nominal) if part.rating is not None else ("", 0.0)
    series = float(part.facts.get("mounted_h", _SERIES_H)), float(part.facts.get("esr_ohm", _SERIES_OHM))
    match quantity, list(nodes.values()):
        case "capacitance", [one, other]:
            yield Branch(ref, one, other, series[1], series[0], value)
        case "resistance", [one, other]:
            yield Branch(ref, one, other, value)
        case "inductance", [one, other]:
            yield Branch(ref, one, other, _SERIES_OHM, value)
        case "", _ if part.supplies:
            for pin in part.pins:
                supplied = pin.kind is PinKind.POWER_IN
                if pin.kind is not PinKind.NO_CONNECT:
                    farad = _CHIP_FARAD if supplied else _PIN_FARAD
                    yield Branch(f"{ref}_{pin.number}", nodes[pin.number], GROUND, _CHIP_OHM, 0.0, farad)
