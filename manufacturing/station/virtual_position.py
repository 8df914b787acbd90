"""A virtual board in a fixture that has everything: times are the board's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.parts.coin_cell import FRESH
from hardware.virtual_board.parts.led import Led
from hardware.virtual_board.sound import Pascals, Silence, Tone
from hardware.virtual_board.ticks import Ticks, to_seconds
from manufacturing.station.fixture.offers import TONE_DB_SPL, Heard, Light
from manufacturing.station.fixture.virtual_impedance_meter import VirtualImpedanceMeter
from manufacturing.station.link import virtual_link
from manufacturing.station.position import Position
from manufacturing.station.reset import ModemLines

BLANK = b"\xff" * 4  # of flash
_LED_OHM, _BLINK_S = 1000.0, 0.020  # of an LED as it should be, when the firmware starts
_RECEIVER_STEP_S = 0.02


@dataclass
class VirtualLoudspeaker:
    """A source of sound that the station switches. Of each moment it tells the same for ever, as sources must."""

    now: Callable[[], Ticks] = lambda: 0
    _played: list[tuple[Ticks, float]] = field(default_factory=list)  # from then on, so many hertz

    def pascal(self, first: Ticks, step: Ticks, count: int) -> Pascals:
        moments = first + step * np.arange(count, dtype=np.int64)
        sound = Silence().pascal(first, step, count)
        ends = [*(begin for begin, _ in self._played[1:]), np.iinfo(np.int64).max]
        for (begin, hertz), end in zip(self._played, ends, strict=False):  # nothing was played yet: no end is needed
            inside = (moments >= begin) & (moments < end)
            if hertz and inside.any():
                sound[inside] = Tone(hertz, TONE_DB_SPL).pascal(first, step, count)[inside]
        return sound

    @contextmanager
    def playing(self, hertz: float) -> Iterator[None]:
        self._played.append((self.now(), hertz))
        try:
            yield
        finally:
            self._played.append((self.now(), 0.0))


@dataclass
class VirtualReceiver:
    board: VirtualBoard
    _known: int = 0

    def forget(self, address: str) -> None:
        del address
        self._known = len(self.board.beacons)

    def wait_for(self, address: str, timeout_s: float) -> Heard | None:
        self.board.run_for(lambda: self._first(address) is not None, timeout_s, _RECEIVER_STEP_S)
        return self._first(address)

    def _first(self, address: str) -> Heard | None:
        since = self.board.beacons[self._known :]
        return next((Heard(address, one.rssi_dbm) for one in since if one.address == address and one.decoded), None)


@dataclass
class VirtualLight:
    """The charge that flows through the LEDs, against that of one blink of a good one at 3 V."""

    board: VirtualBoard

    def watch(self, during: Callable[[], object]) -> Light:
        self.board.restart_average()
        started = self.board.now
        during()
        self.board.run(2 * _BLINK_S)
        seconds = to_seconds(self.board.now - started)
        shone_uc = sum(ua for cause, ua in self.board.average_ua().items() if cause.endswith(" light")) * seconds
        good_uc = Led("", "", _LED_OHM).current_ua(FRESH.volt) * _BLINK_S
        return Light(shone_uc > 0, 100 * shone_uc / good_uc)


def virtual_position(board: VirtualBoard, loudspeaker: VirtualLoudspeaker | None = None, name: str = "virtual") -> Position:
    """`loudspeaker` has to be the board's sound; without one, the steps that need it are skipped."""
    if loudspeaker is not None:
        loudspeaker.now = lambda: board.now
    board.join_debug_pads()
    return Position(
        name,
        lambda: virtual_link(board),
        ModemLines(),
        loudspeaker,
        VirtualReceiver(board),
        VirtualLight(board),
        VirtualImpedanceMeter(board.netlist, board.seed),
        debug_pads_joined=True,
    )


def blank_unit(netlist: Netlist, seed: int, cell: Cell = FRESH, name: str = "virtual") -> Position:
    """A board as it comes from assembly."""
    loudspeaker = VirtualLoudspeaker()
    return virtual_position(VirtualBoard(netlist, BLANK, sound=loudspeaker, cell=cell, seed=seed), loudspeaker, name)
