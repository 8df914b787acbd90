"""Why a fault that the virtual board cannot have is one: what of the circuit has no model."""

from hardware.netlist import Netlist
from hardware.parts.board_features import PROGRAMMING_ROW
from manufacturing.station.coverage.changes import Change
from manufacturing.station.coverage.place import Place

DEBUG = "the debug port has no model, and the station does not use it: the firmware comes in over the boot ROM"
UNKNOWN = "no model of the virtual board reads it"

DEBUG_PADS = (PROGRAMMING_ROW.name, "SWDIO", "SWCLK")


def not_represented(netlist: Netlist, change: Change) -> str:
    """The reason for a change in which the virtual board sees no difference."""
    return DEBUG if Place(netlist, change).meets(*DEBUG_PADS) else UNKNOWN
