"""Why a fault that the virtual board cannot have is one: what of the circuit has no model."""

from hardware.netlist import Netlist, Terminal
from hardware.parts.board_features import PROGRAMMING_ROW
from manufacturing.station.coverage.changes import Change, Open, OtherCell, OtherPart, OtherValue, Short

PULL = "a resistor of any value pulls a line: currents and rise times of the I2C bus have no model"
DEBUG = "the debug port has no model, and the station does not use it: the firmware comes in over the boot ROM"
UNKNOWN = "no model of the virtual board reads it"

_DEBUG_PADS = ("SWDIO", "SWCLK")


def not_represented(netlist: Netlist, change: Change) -> str:
    """The reason for a change in which the virtual board sees no difference."""
    touched = _touched(netlist, change)
    if isinstance(change, OtherValue | OtherPart) and _quantity(netlist, change.ref) == "resistance":
        return PULL
    if any(
        netlist.components[end.ref].part.name == PROGRAMMING_ROW.name and _name(netlist, end) in _DEBUG_PADS for end in touched
    ):
        return DEBUG
    return UNKNOWN


def _touched(netlist: Netlist, change: Change) -> set[Terminal]:
    """All terminals on the nets that the change concerns."""
    match change:
        case OtherCell():
            return set()
        case Open(terminal) if netlist.components[terminal.ref].part.rating is None:
            ends = [terminal]
        case Short(first, second):
            ends = [first, second]
        case _:  # a passive part acts through all of its pins
            ref = change.terminal.ref if isinstance(change, Open) else change.ref
            ends = [Terminal(ref, pin.number) for pin in netlist.components[ref].part.pins]
    nets = {netlist.net_of(end.ref, end.number) for end in ends} - {None}
    return {end for net in nets if net is not None for end in netlist.nets[net]}


def _quantity(netlist: Netlist, ref: str) -> str:
    rating = netlist.components[ref].part.rating
    return rating.quantity if rating is not None else ""


def _name(netlist: Netlist, end: Terminal) -> str:
    return netlist.pin(end).name
