"""Faults that leave the board electrically as it was."""

import numpy as np

from hardware.netlist import GROUND, Netlist, Terminal
from hardware.parts.board_features import ANTENNA
from hardware.parts.mcu import PY32F003
from hardware.parts.part import Part, PinKind
from hardware.spice import antenna
from manufacturing.station.coverage.changes import Change, Open, OtherPart, OtherValue, Short, Turned, applied

# Parts that are the same from both ends; of a crystal, its two electrodes and its two ground pads.
_NO_LOSS_DB = 0.1  # a hundredth of the power, far below what any part's own tolerance does
_SYMMETRIC = ("resistance", "capacitance", "inductance", "frequency")


def no_difference(netlist: Netlist, change: Change) -> str:
    """Why the change is none; empty if it is one."""
    match change:
        case Open(terminal):
            return _open(netlist, terminal)
        case Short(first, second):
            return _short(netlist, first, second)
        case OtherValue(ref) | OtherPart(ref) if _couples_to_the_antenna(netlist, ref):
            return _coupling(netlist, change)
        case Turned(ref, pads):
            return _turned(netlist, ref, dict(pads))
        case _:
            return ""


def _open(netlist: Netlist, terminal: Terminal) -> str:
    net, pin = netlist.net_of(terminal.ref, terminal.number), netlist.pin(terminal)
    if net is None or set(netlist.nets[net]) == {terminal}:
        return "the pin is joined to nothing"
    part = netlist.components[terminal.ref].part
    twins = [other for other in part.pins if other.name == pin.name and other.number != pin.number]
    if any(netlist.net_of(terminal.ref, twin.number) == net for twin in twins):
        return "another pin that is the same inside the part joins the net"
    return ""


def _short(netlist: Netlist, first: Terminal, second: Terminal) -> str:
    nets = [netlist.net_of(end.ref, end.number) for end in (first, second)]
    if first == second or (nets[0] is not None and nets[0] == nets[1]):
        return "both pads are on one net"
    if any(net is None and netlist.pin(end).kind is PinKind.NO_CONNECT for net, end in zip(nets, (first, second), strict=True)):
        return "one of the pins is joined to nothing inside its part"
    if any(net is None and _is_spare_input(netlist, end) for net, end in zip(nets, (first, second), strict=True)):
        return "one of the pins is spare, and the microcontroller leaves it as an analogue input"
    return ""


def _is_spare_input(netlist: Netlist, end: Terminal) -> bool:
    """All ports but the debug port are analogue inputs after a reset (SVD; the datasheet, table 4-1, says floating inputs)."""
    component = netlist.components[end.ref]
    return component.part.name == PY32F003.name and component.part.pin(end.number).name in component.open_pins


def _couples_to_the_antenna(netlist: Netlist, ref: str) -> bool:
    """A capacitor in line, which keeps direct current off, and lets pass what is high enough."""
    part = netlist.components[ref].part
    nets = {netlist.net_of(ref, pin.number) for pin in part.pins}
    feeds = {netlist.net_of(one.ref, "FEED") for one in netlist.of_part(ANTENNA.name)}
    return part.rating is not None and part.rating.quantity == "capacitance" and bool(nets & feeds) and GROUND not in nets


def _coupling(netlist: Netlist, change: Change) -> str:
    before, after = (10 * np.log10(antenna.delivered(one)) for one in (netlist, applied(change, netlist).netlist))
    if np.abs(after - before).max() < _NO_LOSS_DB:
        return f"it couples as well: what arrives at the antenna changes by less than {_NO_LOSS_DB:g} dB"
    return ""


def _turned(netlist: Netlist, ref: str, pads: dict[str, str]) -> str:
    part = netlist.components[ref].part
    if {pin: netlist.net_of(ref, pad) for pin, pad in pads.items()} == {
        p.number: netlist.net_of(ref, p.number) for p in part.pins
    }:
        return "each pin lies on the net that it should"
    if _is_symmetric(part) and all(_kind(part, pin) == _kind(part, pad) for pin, pad in pads.items()):
        return "the part is the same from both ends"
    return ""


def _is_symmetric(part: Part) -> bool:
    return part.rating is not None and part.rating.quantity in _SYMMETRIC


def _kind(part: Part, number: str) -> str:
    pin = part.pin(number)
    return "end" if pin.kind is PinKind.PASSIVE and pin.name == pin.number else pin.name
