"""A part that can be turned is turned right: by its nets, and by the mark of its footprint.

By nets: current can only flow into an anode and out of a cathode; the cell's plus feeds the supply; supply and ground
pins of a chip are not exchanged. By mark: the pad beside the footprint's mark is the pin that the part's definition
says is at the mark of the part.
"""

from collections.abc import Iterator
from pathlib import Path

from hardware import paths
from hardware.checks import footprint_mark, potentials
from hardware.netlist import GROUND, Component, Netlist
from hardware.parts.part import PinKind

_SYMMETRIC = {"resistance", "capacitance", "inductance", "frequency"}  # may be turned by 180 degrees without harm


def findings(netlist: Netlist, own_footprints: Path = paths.FOOTPRINTS) -> list[str]:
    """`own_footprints`: folder of the project's generated footprints; while it does not exist they are not judged."""
    return [
        finding
        for component in netlist.components.values()
        for finding in (
            *_declared(component),
            *_diode(netlist, component),
            *_cell(netlist, component),
            *_supplies(netlist, component),
            *_mark(component, own_footprints),
        )
    ]


def _declared(component: Component) -> Iterator[str]:
    part = component.part
    plain = part.rating is not None and part.rating.quantity in _SYMMETRIC
    if len(part.pins) > 1 and part.is_bought and not plain and part.polarity is None:
        yield f"{component.ref}: {part.name} can be turned, but its definition in hardware/parts declares no polarity"


def _diode(netlist: Netlist, component: Component) -> Iterator[str]:
    if "forward_v" not in component.part.facts:
        return
    anode, cathode = (netlist.net_of(component.ref, name) for name in ("A", "K"))
    if anode is None or cathode is None:
        yield f"{component.ref}: anode A is on net {anode}, cathode K on net {cathode}: both must be connected"
        return
    high_at_anode, low_at_cathode = _can_be_high(netlist, anode, component), _can_be_low(netlist, cathode, component)
    if not high_at_anode or not low_at_cathode:
        yield (
            f"{component.ref}: anode A on net {anode} {'can' if high_at_anode else 'cannot'} be high and cathode K on net "
            f"{cathode} {'can' if low_at_cathode else 'cannot'} be low, so no current flows from A to K"
        )


def _can_be_high(netlist: Netlist, net: str, without: Component) -> bool:
    reached = _reached(netlist, net, without)
    return bool(reached & potentials.supply_nets(netlist)) or bool(potentials.drivers(netlist, reached - {GROUND}))


def _can_be_low(netlist: Netlist, net: str, without: Component) -> bool:
    reached = _reached(netlist, net, without)
    driven = reached - potentials.supply_nets(netlist) - {GROUND}
    return GROUND in reached or bool(potentials.drivers(netlist, driven))


def _reached(netlist: Netlist, net: str, without: Component) -> set[str]:
    rest = Netlist({ref: c for ref, c in netlist.components.items() if ref != without.ref}, netlist.nets)
    return potentials.region(rest, net, potentials.supply_nets(rest) | {GROUND})


def _cell(netlist: Netlist, component: Component) -> Iterator[str]:
    names = {pin.name for pin in component.part.pins}
    if "source_max_v" not in component.part.facts or names != {"+", "-"}:
        return
    plus, minus = netlist.net_of(component.ref, "+"), netlist.net_of(component.ref, "-")
    if plus not in potentials.supply_nets(netlist) or minus != GROUND:
        yield f"{component.ref}: + is on net {plus} and - on net {minus}; + must feed a supply net and - be on {GROUND}"


def _supplies(netlist: Netlist, component: Component) -> Iterator[str]:
    for pin in component.part.pins:
        net = netlist.net_of(component.ref, pin.number)
        if pin.kind is not PinKind.POWER_IN or net is None:
            continue
        if pin.name in component.part.supplies and net == GROUND:
            yield f"{component.ref} pin {pin.name}: a supply pin on net {GROUND}"
        if pin.name not in component.part.supplies and net != GROUND:
            yield f"{component.ref} pin {pin.name}: a ground pin on net {net}, not on {GROUND}"


def _mark(component: Component, own_footprints: Path) -> Iterator[str]:
    polarity = component.part.polarity
    path = footprint_mark.path_of(component.footprint, own_footprints)
    if polarity is None or (path.parent == own_footprints and not own_footprints.is_dir()):
        return
    if not path.is_file():
        yield f"{component.ref}: footprint {component.footprint} does not exist as {path.name}"
        return
    pads = footprint_mark.marked_pads(path)
    if pads != {polarity.pin}:
        seen = "no pad" if not pads else f"pad {' and '.join(sorted(pads))}"
        yield (
            f"{component.ref}: footprint {component.footprint} marks {seen}, but the mark of {component.part.name} "
            f"({polarity.part_mark}) is at pin {polarity.pin}"
        )
