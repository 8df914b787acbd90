"""Faults put into a netlist: each function gives a changed copy, so that a test can see a check find it."""

from dataclasses import replace

from hardware.netlist import Component, Netlist, Terminal
from hardware.parts import PARTS
from hardware.parts.part import Part


def reconnect(netlist: Netlist, ref: str, pin: str, net: str | None) -> Netlist:
    """The pin moves to another net (new or known), or off every net."""
    terminal = Terminal(ref, netlist.components[ref].part.pin(pin).number)
    nets = {name: tuple(t for t in terminals if t != terminal) for name, terminals in netlist.nets.items()}
    if net is not None:
        nets[net] = (*nets.get(net, ()), terminal)
    return Netlist(netlist.components, {name: nets[name] for name in sorted(nets)})


def exchange(netlist: Netlist, ref: str, one: str, other: str) -> Netlist:
    """Two pins of a part swap their nets, as when it is turned."""
    first, second = netlist.net_of(ref, one), netlist.net_of(ref, other)
    return reconnect(reconnect(netlist, ref, one, second), ref, other, first)


def define(netlist: Netlist, ref: str, part: Part | str) -> Netlist:
    """Another part in the same place, with the same nets on the same pin numbers."""
    definition = PARTS[part] if isinstance(part, str) else part
    changed = replace(netlist.components[ref], part=definition, value=definition.value, footprint=definition.footprint)
    return Netlist({**netlist.components, ref: changed}, netlist.nets)


def remove(netlist: Netlist, ref: str) -> Netlist:
    """The part is not fitted; its nets stay."""
    nets = {name: tuple(t for t in terminals if t.ref != ref) for name, terminals in netlist.nets.items()}
    return Netlist({name: c for name, c in netlist.components.items() if name != ref}, nets)


def add(netlist: Netlist, ref: str, part: str, block: str, nets: dict[str, str]) -> Netlist:
    """One more part, its pins on nets by pin number or name; the other pins stay open."""
    definition = PARTS[part]
    placed = Component(ref, definition, definition.value, definition.footprint, definition.lcsc, definition.mpn, block, ref)
    larger = Netlist({**netlist.components, ref: placed}, netlist.nets)
    for pin, net in nets.items():
        larger = reconnect(larger, ref, pin, net)
    return larger
