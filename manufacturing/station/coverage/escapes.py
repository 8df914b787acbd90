"""Why a fault that is one passes the station."""

from collections.abc import Callable

from hardware.netlist import GROUND, Netlist, Terminal
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.audio import LMV321
from hardware.parts.board_features import ANTENNA, PROGRAMMING_ROW
from hardware.parts.part import PinKind
from manufacturing.station.coverage.changes import Change, Open, Short
from manufacturing.station.coverage.place import Place

UNEXPLAINED = "no step measures what it changes"


def _decouples(place: Place) -> bool:
    """A capacitor from a net that supplies something to ground."""
    supplies = any(pin.kind is PinKind.POWER_IN for net in place.nets - {GROUND} for _, pin in place.netlist.on_net(net))
    return place.quantity == "capacitance" and GROUND in place.nets and supplies


def _is_on_the_way_to_the_antenna(place: Place) -> bool:
    """Each net of it begins or ends in the coil of the matching network, or at the antenna."""
    return place.meets(ANTENNA.name, "FEED") or any(_is_coil(place.netlist, end) for end in place.ends)


def _is_coil(netlist: Netlist, end: Terminal) -> bool:
    rating = netlist.components[end.ref].part.rating
    return rating is not None and rating.quantity == "inductance"


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
    (
        lambda place: all(place.is_at(PROGRAMMING_ROW.name, pad) for pad in ("SWDIO", "SWCLK")),
        "the fixture joins both pads of the debug port as well, to see that they are soldered",
    ),
    (
        lambda place: isinstance(place.change, Short) and place.meets(LMV321.name, "OUT"),
        "what the amplifier's output does to a logic line has no model",
    ),
)


def why(netlist: Netlist, change: Change) -> str:
    """Of a change that the station has passed."""
    place = Place(netlist, change)
    return next((reason for rule, reason in _RULES if rule(place)), UNEXPLAINED)
