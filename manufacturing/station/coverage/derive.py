"""The single faults of a board, from its netlist, its parts and where its pads lie."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hardware.netlist import Component, Netlist, Terminal
from hardware.parts.cell import HOLDER
from hardware.parts.part import PinKind
from hardware.spice.supply import Cell
from hardware.virtual_board.parts.coin_cell import FRESH
from manufacturing.station.coverage.changes import Missing, Open, OtherCell, OtherPart, OtherValue, Turned, applied, short
from manufacturing.station.coverage.fault import Fault, FaultClass, LeftOut
from manufacturing.station.coverage.no_difference import no_difference
from manufacturing.station.coverage.pads import Pad, adjacent_pins, half_turn, neighbouring_pads
from manufacturing.station.coverage.sight import sight

UNSEEN = "no model of the virtual board reads it"
FACTORS = {"x10": 10.0, "/10": 0.1}
_VALUED = ("resistance", "capacitance", "inductance")

# Below the cutoff of hardware/parts/cell.py; and one that shows its voltage but gives no current: a beacon takes some 20 mA.
CELLS = {
    "flat": (Cell(1.9, 100.0), "the cell is flat: 1.9 V, 100 ohm"),
    "dry": (Cell(3.0, 2000.0), "the cell has dried out: 3.0 V, 2 kohm"),
}


@dataclass(frozen=True)
class Derived:
    """Faults to run; those that are none; those that no virtual board can have."""

    faults: tuple[Fault, ...]
    equivalent: tuple[LeftOut, ...]
    not_represented: tuple[LeftOut, ...]


def derive(netlist: Netlist, pads: Iterable[Pad]) -> Derived:
    faults, equivalent, unseen = [], [], []
    whole = sight(applied(OtherCell(FRESH), netlist))
    for fault in every(netlist, list(pads)):
        reason = no_difference(netlist, fault.change)
        if reason:
            equivalent.append(LeftOut(fault, reason))
        elif sight(applied(fault.change, netlist)) == whole:
            unseen.append(LeftOut(fault, UNSEEN))
        else:
            faults.append(fault)
    return Derived(tuple(faults), tuple(equivalent), tuple(unseen))


def every(netlist: Netlist, pads: list[Pad]) -> Iterator[Fault]:
    """All of them, whether they make a difference or not."""
    fitted = [component for component in netlist.components.values() if component.part.is_bought]
    for component in fitted:
        yield _missing(component)
        yield from _opens(component)
        yield from _values(component)
        yield from _other_parts(netlist, component)
        yield from _turned(component, [pad for pad in pads if pad.terminal.ref == component.ref])
    yield from _shorts(netlist, pads, {component.ref for component in fitted})
    yield from _cells(netlist)


def _missing(component: Component) -> Fault:
    ref = component.ref
    return Fault(f"{ref} missing", FaultClass.PRESENCE, Missing(ref), f"{ref} ({component.value}) is not fitted")


def _opens(component: Component) -> Iterator[Fault]:
    for pin in component.part.pins:
        terminal = Terminal(component.ref, pin.number)
        name = f"{component.ref}.{pin.number}"
        yield Fault(f"{name} open", FaultClass.OPENS, Open(terminal), f"pin {pin.number} ({pin.name}) of {component.ref} is open")


def _values(component: Component) -> Iterator[Fault]:
    rating, ref = component.part.rating, component.ref
    if rating is None or rating.quantity not in _VALUED:
        return
    for name, factor in FACTORS.items():
        sentence = f"{ref} has {factor:g} times its {rating.quantity} of {component.value}"
        yield Fault(f"{ref} {name}", FaultClass.CORRECTNESS, OtherValue(ref, factor), sentence)


def _other_parts(netlist: Netlist, component: Component) -> Iterator[Fault]:
    """Those of this board's order: what lies in another feeder, or in another strip on the bench."""
    ref = component.ref
    same = {c.part.name for c in netlist.components.values() if c.footprint == component.footprint} - {component.part.name}
    for name in sorted(same):
        sentence = f"{ref} is a {name} in place of {component.part.name}"
        yield Fault(f"{ref} is {name}", FaultClass.CORRECTNESS, OtherPart(ref, name), sentence)


def _turned(component: Component, pads: list[Pad]) -> Iterator[Fault]:
    """A part none of whose pins would meet a pad, or a through-hole part with pins beside its holes, cannot be fitted so."""
    under, ref = half_turn(pads), component.ref
    in_holes = any(pad.side == "both" for pad in pads)
    if under and not (in_holes and len(under) < len(pads)):
        yield Fault(
            f"{ref} turned", FaultClass.ORIENTATION, Turned(ref, under), f"{ref} ({component.value}) is turned by 180 degrees"
        )


def _shorts(netlist: Netlist, pads: list[Pad], fitted: set[str]) -> Iterator[Fault]:
    """Of fitted parts, whose joints are soldered; of bare pads only those towards a fitted part."""
    pairs = [pair for pair in adjacent_pins(pads) if pair[0].ref in fitted]
    pairs += [pair for pair in neighbouring_pads(pads) if fitted & {end.ref for end in pair}]
    for first, second in pairs:
        names = [f"{end.ref}.{end.number}" for end in (first, second)]
        pins = " and ".join(f"{end.ref} {netlist.pin(end).name}" for end in (first, second))
        sentence = f"solder joins {names[0]} and {names[1]} ({pins})"
        yield Fault(f"{names[0]}-{names[1]} short", FaultClass.SHORTS, short(netlist, first, second), sentence)


def _cells(netlist: Netlist) -> Iterator[Fault]:
    for name, (cell, sentence) in CELLS.items():
        yield Fault(f"cell {name}", FaultClass.LIVE, OtherCell(cell), sentence)
    for holder in netlist.of_part(HOLDER.name):
        first, second = (pin.number for pin in holder.part.pins if pin.kind is PinKind.POWER_OUT)
        swapped = Turned(holder.ref, ((first, second), (second, first)))
        yield Fault("cell reversed", FaultClass.ORIENTATION, swapped, "the cell lies in its holder with plus and minus exchanged")
