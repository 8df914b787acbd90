"""What can be wrong with one board, as a change to its netlist or its cell. Equal changes are one board, electrically."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from hardware.netlist import GROUND, Netlist, Terminal
from hardware.parts import PARTS
from hardware.parts.mcu import PY32F003
from hardware.parts.part import PinKind
from hardware.spice.supply import Cell
from hardware.virtual_board.parts.coin_cell import FRESH


@dataclass(frozen=True)
class Open:
    """One pin not soldered."""

    terminal: Terminal


@dataclass(frozen=True)
class Short:
    """Two nets joined, each given by one terminal on it: `short` chooses the terminals so that equal shorts are equal."""

    first: Terminal
    second: Terminal


@dataclass(frozen=True)
class Missing:
    """One part not fitted."""

    ref: str


@dataclass(frozen=True)
class OtherValue:
    """A passive part of the right kind with so many times its value."""

    ref: str
    factor: float


@dataclass(frozen=True)
class OtherPart:
    """Another part in the place of one, by the name of its definition."""

    ref: str
    part: str


@dataclass(frozen=True)
class Turned:
    """A part whose pins lie on other pads than their own: (pin, pad), by number. A pin that is not there lies on none."""

    ref: str
    pads: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OtherCell:
    """A cell of another voltage and resistance."""

    cell: Cell


Change = Open | Short | Missing | OtherValue | OtherPart | Turned | OtherCell


@dataclass(frozen=True)
class Changed:
    """What a virtual board needs to have the fault: VirtualBoard(changed.netlist, ..., cell=changed.cell)."""

    netlist: Netlist
    cell: Cell


def applied(change: Change, netlist: Netlist, cell: Cell = FRESH) -> Changed:
    match change:
        case Open(terminal):
            return Changed(lifted(netlist, terminal), cell)
        case Short(first, second):
            return Changed(shorted(netlist, first, second), cell)
        case Missing(ref):
            return Changed(without(netlist, ref), cell)
        case OtherValue(ref, factor):
            return Changed(scaled(netlist, {ref: factor}), cell)
        case OtherPart(ref, part):
            return Changed(_with_part(netlist, ref, part), cell)
        case Turned(ref, pads):
            return Changed(turned(netlist, ref, dict(pads)), cell)
        case OtherCell(other):
            return Changed(netlist, other)


def short(netlist: Netlist, first: Terminal, second: Terminal) -> Short:
    """The short between the nets of two terminals, which is the same for all terminals on them."""
    ends = [_first_on_net(netlist, end) for end in (first, second)]
    return Short(*sorted(ends, key=lambda end: (end.ref, end.number)))


def _first_on_net(netlist: Netlist, end: Terminal) -> Terminal:
    net = netlist.net_of(end.ref, end.number)
    return netlist.nets[net][0] if net is not None else end


def lifted(netlist: Netlist, terminal: Terminal) -> Netlist:
    return replace(netlist, nets=_kept(netlist, lambda end: end != terminal))


def without(netlist: Netlist, ref: str) -> Netlist:
    """The part is not fitted. A microcontroller stays, with all of its pins open: a virtual board is built around it."""
    nets = _kept(netlist, lambda end: end.ref != ref)
    if netlist.components[ref].part.name == PY32F003.name:
        return replace(netlist, nets=nets)
    return replace(netlist, components={r: c for r, c in netlist.components.items() if r != ref}, nets=nets)


def shorted(netlist: Netlist, first: Terminal, second: Terminal) -> Netlist:
    """Two nets joined: under the name of ground, else of a supply, for the virtual board knows both by name or source."""
    names = [netlist.net_of(end.ref, end.number) for end in (first, second)]
    named = sorted({name for name in names if name is not None}, key=lambda name: (name != GROUND, not _fed(netlist, name), name))
    kept = named[0] if named else f"short_{first.ref}_{first.number}"
    opened = [end for end, name in zip((first, second), names, strict=True) if name is None]
    nets = {name: ends for name, ends in netlist.nets.items() if name not in named}
    nets[kept] = (*(end for name in named for end in netlist.nets[name]), *opened)
    return replace(netlist, nets=dict(sorted(nets.items())))


def scaled(netlist: Netlist, factors: Mapping[str, float]) -> Netlist:
    """Passive parts with so many times their value, by reference."""
    components = dict(netlist.components)
    for ref, factor in factors.items():
        part = components[ref].part
        assert part.rating is not None
        rating = replace(part.rating, nominal=part.rating.nominal * factor)
        components[ref] = replace(components[ref], part=replace(part, rating=rating))
    return replace(netlist, components=components)


def turned(netlist: Netlist, ref: str, pads: Mapping[str, str]) -> Netlist:
    """Each pin on the net of the pad that it lies on."""
    joined = {pin: net for pin, pad in pads.items() if (net := netlist.net_of(ref, pad)) is not None}
    nets = _kept(netlist, lambda end: end.ref != ref)
    for pin, net in joined.items():
        nets[net] = (*nets[net], Terminal(ref, pin))
    return replace(netlist, nets=nets)


def _with_part(netlist: Netlist, ref: str, name: str) -> Netlist:
    part = PARTS[name]
    other = replace(netlist.components[ref], part=part, value=part.value, lcsc=part.lcsc, mpn=part.mpn)
    return replace(netlist, components={**netlist.components, ref: other})


def _kept(netlist: Netlist, keep: Callable[[Terminal], bool]) -> dict[str, tuple[Terminal, ...]]:
    return {name: tuple(filter(keep, ends)) for name, ends in netlist.nets.items()}


def _fed(netlist: Netlist, net: str) -> bool:
    return any(pin.kind is PinKind.POWER_OUT for _, pin in netlist.on_net(net))
