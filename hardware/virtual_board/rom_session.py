"""The boot ROM at work on a chip: what its serial port hears, and the time that its answers take.

Its speed is that of the autobaud byte, 4800 to 1 M baud (PY32Isp manual); its frames have 11 bits, for it wants even parity.
While it works or sends it hears nothing, but the receiver keeps one byte until then, as USART1 does; more are lost (?).
"""

from collections import deque
from itertools import takewhile

from hardware.virtual_board.boot_rom import BootRom
from hardware.virtual_board.core.machine import PC, SYSTEM
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.rom_target import SYSTEM_BYTES, ChipRomTarget
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks, from_seconds
from hardware.virtual_board.uart_line import DAMAGED, same_speed

SLOWEST_BAUD, FASTEST_BAUD = 4800, 1_000_000
FRAME_BITS = 11
_BUNDLE = from_seconds(1e-3)  # bytes that end so soon after one another reach the host together, at the time of the last


class RomSession:
    """From the ROM's entry until it starts a program or the chip is reset."""

    def __init__(self, chip: Chip) -> None:
        self._chip = chip
        self.target = ChipRomTarget(chip)
        self._rom = BootRom(self.target)
        self.bit_ticks: Ticks | None = None  # once it has synchronised
        self._sending: deque[tuple[Ticks, int]] = deque()  # the end of each frame, and its byte
        self._kept: tuple[int, bool] | None = None

    def receive(self, byte: int, bit_ticks: Ticks, now: Ticks, heard: bool) -> None:
        """A frame from the host has ended. `heard`: the ROM's answers reach the host."""
        byte = byte if self._understands(bit_ticks) else DAMAGED
        if self.busy(now):
            self._kept = self._kept or (byte, heard)
        else:
            self._take(byte, bit_ticks, now, heard)

    def _understands(self, bit_ticks: Ticks) -> bool:
        if self.bit_ticks is None:
            return SLOWEST_BAUD * 0.96 < TICKS_PER_SECOND / bit_ticks < FASTEST_BAUD * 1.04
        return same_speed(bit_ticks, self.bit_ticks)

    def _take(self, byte: int, bit_ticks: Ticks, now: Ticks, heard: bool) -> None:
        answer = self._rom.receive(byte)
        if self.bit_ticks is None and self._rom.listening:
            self.bit_ticks = bit_ticks
        if heard and answer:
            self._send(answer, now)

    def _send(self, answer: bytes, now: Ticks) -> None:
        assert self.bit_ticks is not None  # it is silent before
        frame = FRAME_BITS * self.bit_ticks
        begins = max(now, self.target.ready_at)
        self._sending.extend((begins + number * frame, sent) for number, sent in enumerate(answer, 1))

    def frames_wanted(self, now: Ticks) -> int:
        """Of so many frames from the host only the last one has an effect: they may be received together at its end."""
        idle = not (self.busy(now) or self._sending or self._kept)
        return self._rom.bytes_wanted if idle else 1

    def busy(self, now: Ticks) -> bool:
        """It works or sends."""
        return now < self._free_at

    @property
    def _free_at(self) -> Ticks:
        return max(self.target.ready_at, self._sending[-1][0] if self._sending else 0)

    def answer(self, now: Ticks) -> bytes:
        """What has reached the host by now; then the byte that the receiver kept is taken."""
        sent = bytearray()
        while self._sending and self._sending[0][0] <= now:
            sent.append(self._sending.popleft()[1])
        if self._kept is not None and not self.busy(now):
            (byte, heard), self._kept = self._kept, None
            self._take(byte, self.bit_ticks or 0, now, heard)
        return bytes(sent)

    def rest_of_answer(self) -> bytes:
        """What it had still to send: its time on the line is left out."""
        return bytes(byte for _, byte in self._sending)

    def next_event(self) -> Ticks | None:
        if self._sending:
            until = self._sending[0][0] + _BUNDLE
            return max(end for end, _ in takewhile(lambda frame: frame[0] <= until, self._sending))
        if self._kept is not None or self.target.reset_wanted:
            return max(self._free_at, self._chip.now)
        return None

    def reset_wanted(self, now: Ticks) -> bool:
        """The protection has changed, and the answer is sent."""
        return self.target.reset_wanted and not self._sending and now >= self.target.ready_at

    @property
    def left(self) -> bool:
        """A program was started."""
        return not SYSTEM <= self._chip.machine.register(PC) < SYSTEM + SYSTEM_BYTES
