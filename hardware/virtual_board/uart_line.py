"""The serial line between a host and the programming pads, in emulated time.

A byte occupies the line for its frame; the receiver gets it whole at the frame's end. The line is low from the start bit
to the end of the frame, as far as edges go, which is what wakes a sleeping chip.
"""

from collections import deque
from dataclasses import dataclass, field

from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

BREAK = -1
DAMAGED = 0x3F  # what a receiver makes of a byte at another speed
_SPEED_TOLERANCE = 0.04  # beyond it the stop bit is missed: half a bit in ten
_BREAK_FRAMES = 2  # longer than any frame, shorter than a timeout


def same_speed(bit_ticks: float, wanted: float) -> bool:
    """Whether a receiver understands frames with bits of this length."""
    return abs(bit_ticks / wanted - 1) < _SPEED_TOLERANCE


@dataclass
class Frame:
    """On its way to the board. `byte` is BREAK for a line held low."""

    byte: int
    bit_ticks: Ticks
    starts: Ticks
    ends: Ticks
    begun: bool = False


@dataclass
class UartLine:
    """Both directions. A deep copy is a snapshot."""

    baud: int = 115200
    parity: bool = False
    received: deque[int] = field(default_factory=deque)  # from the board, for the host to read
    text: bytearray = field(default_factory=bytearray)  # all that the board ever sent
    _sending: deque[Frame] = field(default_factory=deque)
    _free: Ticks = 0

    def send(self, data: bytes, now: Ticks) -> None:
        """The host writes: frames follow one another without a gap."""
        for byte in data:
            self._append(byte, 11 if self.parity else 10, now)

    def send_break(self, now: Ticks) -> None:
        self._append(BREAK, 10 * _BREAK_FRAMES, now)

    def from_board(self, data: bytes) -> None:
        self.received.extend(data)
        self.text.extend(data)

    def busy(self, now: Ticks) -> bool:
        """The host's bytes are still on their way."""
        return bool(self._sending) and now < self._free

    @property
    def sent_at(self) -> Ticks:
        """When the last of the host's bytes ends."""
        return self._free

    def next_event(self) -> Ticks | None:
        if not self._sending:
            return None
        frame = self._sending[0]
        return frame.ends if frame.begun else frame.starts

    def whole_at(self, count: int) -> Ticks | None:
        """When so many frames have ended, or all that are on their way if these are fewer."""
        return self._sending[min(count, len(self._sending)) - 1].ends if self._sending else None

    def begins(self, now: Ticks) -> bool:
        """Whether a start bit falls now; to be asked once at that time."""
        frame = self._sending[0] if self._sending else None
        if frame is None or frame.begun or frame.starts > now:
            return False
        frame.begun = True
        return True

    def arrived(self, now: Ticks) -> Frame | None:
        """The frame that ends now."""
        if self._sending and self._sending[0].begun and self._sending[0].ends <= now:
            return self._sending.popleft()
        return None

    def whole(self, now: Ticks, at_most: int) -> list[Frame]:
        """Frames that have ended by now, for a receiver that minds no edges."""
        found: list[Frame] = []
        while self._sending and self._sending[0].ends <= now and len(found) < at_most:
            found.append(self._sending.popleft())
        return found

    def pass_over(self, now: Ticks) -> None:
        """Whoever minds edges from now on has not seen those before."""
        self.whole(now, len(self._sending))
        if self._sending and self._sending[0].starts < now:
            self._sending[0].begun = True

    def _append(self, byte: int, bits: int, now: Ticks) -> None:
        bit_ticks = TICKS_PER_SECOND // self.baud
        starts = max(now, self._free)
        self._free = starts + bits * bit_ticks
        self._sending.append(Frame(byte, bit_ticks, starts, self._free))
