"""Why a fault that is one passes the station."""

from collections.abc import Callable

from hardware.netlist import GROUND, Netlist
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.audio import LMV321
from hardware.parts.board_features import ANTENNA
from hardware.parts.part import PinKind
from hardware.parts.radio import CI24R1
from manufacturing.station.coverage.changes import Change, Open, Short
from manufacturing.station.coverage.not_represented import DEBUG, DEBUG_PADS
from manufacturing.station.coverage.place import Place

UNEXPLAINED = "no step measures what it changes"


def _decouples(place: Place) -> bool:
    """A capacitor from a net that supplies something to ground."""
    supplies = any(pin.kind is PinKind.POWER_IN for net in place.nets - {GROUND} for _, pin in place.netlist.on_net(net))
    return place.quantity == "capacitance" and GROUND in place.nets and supplies


def _is_on_the_way_to_the_antenna(place: Place) -> bool:
    return place.quantity == "inductance" or place.meets(CI24R1.name, "ANT") or place.meets(ANTENNA.name, "FEED")


_RULES: tuple[tuple[Callable[[Place], bool], str], ...] = (
    (_decouples, "other capacitors stand beside it: the rail's impedance stays within what good boards spread"),
    (
        _is_on_the_way_to_the_antenna,
        "the beacon's strength changes by less than good boards and fixtures spread; harmonics are not measured",
    ),
    (
        lambda place: isinstance(place.change, Open) and place.is_at(SC7A20HTR.name, "CS"),
        "an open CS is pulled up inside the accelerometer (?), which is what the circuit wants of it",
    ),
    (lambda place: place.meets(*DEBUG_PADS), DEBUG),
    (
        lambda place: isinstance(place.change, Short) and place.meets(LMV321.name, "OUT"),
        "what the amplifier's output does to a logic line has no model",
    ),
)


def why(netlist: Netlist, change: Change) -> str:
    """Of a change that the station has passed."""
    place = Place(netlist, change)
    return next((reason for rule, reason in _RULES if rule(place)), UNEXPLAINED)
