"""One position of a fixture: the serial line to its unit, the way to reset it, and what else the fixture offers there."""

from collections.abc import Callable
from dataclasses import dataclass

from manufacturing.station.fixture.offers import BeaconReceiver, ImpedanceMeter, LightSensor, Loudspeaker
from manufacturing.station.link import Link, open_link
from manufacturing.station.reset import ModemLines, Reset


@dataclass(frozen=True)
class Position:
    """What is None the fixture does not have: steps that need it are skipped, and recorded as such.

    `open` may raise LinkError; it is called once for each unit.
    """

    name: str
    open: Callable[[], Link]
    reset: Reset
    loudspeaker: Loudspeaker | None = None
    receiver: BeaconReceiver | None = None
    light: LightSensor | None = None
    impedance_meter: ImpedanceMeter | None = None
    debug_pads_joined: bool = False  # SWDIO to SWCLK, by 1 kohm


def at_port(
    url: str,
    reset: Reset | None = None,
    loudspeaker: Loudspeaker | None = None,
    receiver: BeaconReceiver | None = None,
    light: LightSensor | None = None,
    impedance_meter: ImpedanceMeter | None = None,
    debug_pads_joined: bool = False,
) -> Position:
    """A real one: any URL of pyserial."""
    ready = reset or ModemLines()
    return Position(url, lambda: open_link(url), ready, loudspeaker, receiver, light, impedance_meter, debug_pads_joined)
