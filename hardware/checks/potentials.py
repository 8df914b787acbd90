"""Which voltage each net can have and who drives it: what several checks need to know of a netlist.

A resistor or inductor passes direct current, a capacitor or crystal does not. Ground stays at 0 V.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from hardware.netlist import GROUND, Component, Netlist
from hardware.parts.part import Part, Pin, PinKind

_DRIVING = {PinKind.OUTPUT, PinKind.BIDIRECTIONAL, PinKind.PASSIVE}  # passive pins with a domain: crystal, antenna
_RETURN_PINS = {"GND", "-"}  # of a cell holder or a programming row: what its voltage is counted from


@dataclass(frozen=True)
class Level:
    """The highest voltage that a net can have, and the pin it comes from."""

    volt: float
    origin: str


def passes_direct_current(part: Part) -> bool:
    return "forward_v" in part.facts or (part.rating is not None and part.rating.quantity in ("resistance", "inductance"))


def supply_nets(netlist: Netlist) -> set[str]:
    """The nets that feed the supply pin of a part."""
    return {
        net
        for component in netlist.components.values()
        for name in component.part.supplies
        if (net := netlist.net_of(component.ref, name)) is not None
    }


def supply_of(netlist: Netlist, component: Component, pin: Pin) -> str | None:
    """The net on the supply pin that the levels of `pin` follow."""
    return netlist.net_of(component.ref, pin.domain) if pin.domain else None


def source_pins(component: Component) -> Iterator[Pin]:
    """The pins at which a voltage enters the board: of the cell holder and of the programming row."""
    if "source_max_v" in component.part.facts:
        yield from (pin for pin in component.part.pins if pin.name not in _RETURN_PINS)


def levels(netlist: Netlist) -> dict[str, Level]:
    """The highest voltage of each net that any voltage can reach: sources, then outputs at most at their supply."""
    found: dict[str, Level] = {}

    def rises(net: str | None, level: Level | None) -> bool:
        if net is None or net == GROUND or level is None or (net in found and level.volt <= found[net].volt):
            return False
        found[net] = level
        return True

    for component in netlist.components.values():
        for pin in source_pins(component):
            volt = float(component.part.facts["source_max_v"])
            rises(netlist.net_of(component.ref, pin.number), Level(volt, f"{component.ref} pin {pin.name}"))
    changed = True
    while changed:
        changed = False
        for component in netlist.components.values():
            for net, level in _passed_on(netlist, component, found):
                changed |= rises(net, level)
    return found


def _passed_on(netlist: Netlist, component: Component, found: dict[str, Level]) -> Iterator[tuple[str | None, Level | None]]:
    nets = [netlist.net_of(component.ref, pin.number) for pin in component.part.pins]
    if passes_direct_current(component.part):
        yield from ((to, found.get(start or "")) for start, to in (nets[:2], nets[1::-1]))
    for pin, net in zip(component.part.pins, nets, strict=True):
        if pin.kind in _DRIVING and pin.domain:
            yield net, found.get(supply_of(netlist, component, pin) or "")


def region(netlist: Netlist, start: str, stop: Set[str]) -> set[str]:
    """The nets that resistors and inductors join to `start`. Nets of `stop` belong to it, but nothing behind them."""
    joined = [
        {netlist.net_of(component.ref, pin.number) for pin in component.part.pins}
        for component in netlist.components.values()
        if passes_direct_current(component.part)
    ]
    reached, edge = {start}, {start}
    while edge:
        net = edge.pop()
        new = {other for pair in joined if net in pair for other in pair if other is not None} - reached
        reached |= new
        edge |= new - stop
    return reached


def drivers(netlist: Netlist, nets: Set[str]) -> list[tuple[Component, Pin]]:
    """The pins that drive the nets: the outputs; where there is none, the bidirectional pins."""
    pins = [found for net in sorted(nets) for found in netlist.on_net(net)]
    outputs = [(component, pin) for component, pin in pins if pin.kind is PinKind.OUTPUT]
    return outputs or [(component, pin) for component, pin in pins if pin.kind is PinKind.BIDIRECTIONAL]


def switching_pins(netlist: Netlist) -> dict[str, list[tuple[Component, Pin]]]:
    """Supply nets that pins of chips feed (and so can switch off), with those pins."""
    supplies = supply_nets(netlist)
    stop = supplies | {GROUND}
    feeding = {
        net: drivers(netlist, region(netlist, net, stop) - {GROUND} - (supplies - {net})) for net in sorted(supplies - {GROUND})
    }
    return {net: pins for net, pins in feeding.items() if pins and not _fed_by_source(netlist, net, stop)}


def _fed_by_source(netlist: Netlist, net: str, stop: Set[str]) -> bool:
    reached = region(netlist, net, stop) - {GROUND}
    return any(pin in source_pins(component) for other in reached for component, pin in netlist.on_net(other))
