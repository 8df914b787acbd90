"""The boot ROM of a chip that lies on a bench, with nothing else on the board: many times as fast as a virtual board.

Chip, flash, ROM and their times are those of the virtual board. The port is what a host sees; a `Disturbance` sits on its line.
"""

import random
from collections import deque
from collections.abc import Callable, Iterable

from hardware.virtual_board.core.machine import FLASH, PC, SYSTEM
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import system_memory
from hardware.virtual_board.mcu.rom_target import FLASH_BYTES
from hardware.virtual_board.rom_session import FRAME_BITS, RomSession
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks, from_seconds, to_seconds
from hardware.virtual_board.uart_line import DAMAGED, same_speed

OnLine = Callable[[int], Iterable[int]]


def _undisturbed(byte: int) -> Iterable[int]:
    return (byte,)


class RomBench:
    """A port (see link.Port) with a chip at its end. `to_chip` and `to_host` say what becomes of a byte on its way."""

    def __init__(self, seed: int) -> None:
        self._chip = Chip(_Nothing())
        self._chip.machine.load(SYSTEM, system_memory(seed))
        self._chip.machine.hold(True)  # time passes in jumps; the ROM is a model beside the core
        self._chance = random.Random(seed)
        self._session: RomSession | None = None
        self._powered = True
        self._arrived: deque[int] = deque()
        self._rts = self._dtr = True
        self._cut_at: Ticks | None = None
        self.timeout: float | None = 0.02
        self.baudrate, self.parity = 115200, "N"
        self.sent = 0  # bytes that left the host
        self.written: list[int] = []  # how many had when each piece began
        self.last_piece = b""  # of what the host sent
        self.to_chip: OnLine = _undisturbed
        self.to_host: OnLine = _undisturbed
        self.cut_after: tuple[int, float] | None = None  # so many bytes, and then so many seconds
        self.stuck: list[tuple[int, int, bool]] = []  # cells of the flash: byte, bit, value
        self.started = False

    # Time

    def clock(self) -> float:
        return to_seconds(self._chip.now)

    def wait(self, seconds: float) -> None:
        self._advance(self._chip.now + from_seconds(seconds))

    def _advance(self, until: Ticks) -> None:
        if self._cut_at is not None and until >= self._cut_at:
            self._chip.machine.run(max(self._cut_at, self._chip.now))
            self._cut_at = None
            self._lose_power()
        if until > self._chip.now:
            self._chip.machine.run(until)
        self._collect()

    # The port

    def write(self, data: bytes, /) -> None:
        """Returns when the bytes have passed the line."""
        self.written.append(self.sent)
        self.last_piece = data
        bit_ticks = TICKS_PER_SECOND // self.baudrate
        for byte in data:
            for arriving in self.to_chip(byte):
                self._advance(self._chip.now + FRAME_BITS * bit_ticks)
                if self._session is not None:
                    self._session.receive(arriving, bit_ticks, self._chip.now, heard=True)
                    self._after_byte()
            self.sent += 1
            if self.cut_after is not None and self.sent == self.cut_after[0]:
                self._cut_at = self._chip.now + from_seconds(self.cut_after[1])

    def read(self, size: int = 1, /) -> bytes:
        limit = self._chip.now + from_seconds(self.timeout or 0.0)
        self._collect()
        while len(self._arrived) < size and self._chip.now < limit:
            at = self._session.next_event() if self._session is not None else None
            self._advance(limit if at is None else min(limit, max(at, self._chip.now + 1)))
        return bytes(self._arrived.popleft() for _ in range(min(size, len(self._arrived))))

    @property
    def in_waiting(self) -> int:
        return len(self._arrived)

    def reset_input_buffer(self) -> None:
        self._arrived.clear()

    def close(self) -> None: ...

    @property
    def rts(self) -> bool:
        return self._rts

    @rts.setter
    def rts(self, active: bool) -> None:
        self._rts = active

    @property
    def dtr(self) -> bool:
        return self._dtr

    @dtr.setter
    def dtr(self, active: bool) -> None:
        falls, self._dtr = active and not self._dtr, active
        if falls:
            self._reset()

    # The chip

    @property
    def flash(self) -> bytes:
        return self._chip.machine.read(FLASH, FLASH_BYTES)

    @property
    def busy(self) -> bool:
        """The ROM works or sends."""
        return self._session is not None and self._session.busy(self._chip.now)

    def load(self, address: int, data: bytes) -> None:
        self._chip.machine.load(address, data)

    def system(self, at: int, count: int) -> bytes:
        return self._chip.machine.read(SYSTEM + at, count)

    def mend(self) -> None:
        """Line and plug, not the flash. The chip starts."""
        self.to_chip = self.to_host = _undisturbed
        self._powered, self.cut_after, self._cut_at = True, None, None
        self._reset()

    def _lose_power(self) -> None:
        if self._session is not None:
            self._session.target.lose_power(self._chance.getrandbits(32))
        self._session, self._powered = None, False

    def _reset(self) -> None:
        self._session = RomSession(self._chip) if self._powered and not self._rts else None
        self.started = self._powered and self._rts
        self._chip.machine.set_register(PC, SYSTEM)

    def _after_byte(self) -> None:
        for at, bit, value in self.stuck:
            (byte,) = self._chip.machine.read(FLASH + at, 1)
            self._chip.machine.load(FLASH + at, bytes([byte | 1 << bit if value else byte & ~(1 << bit)]))
        if self._session is not None and self._session.left:
            self._arrived.extend(self._session.rest_of_answer())
            self._session, self.started = None, True

    def _collect(self) -> None:
        """Take what has arrived from the ROM; it resets when its option bytes are written."""
        session = self._session
        if session is None:
            return
        answer = session.answer(self._chip.now)
        if answer:
            understood = session.bit_ticks is not None and same_speed(session.bit_ticks, TICKS_PER_SECOND / self.baudrate)
            for byte in answer:
                self._arrived.extend(self.to_host(byte if understood else DAMAGED))
            self._after_byte()
        if session.target.reset_wanted and session.reset_wanted(self._chip.now):
            self._reset()


class _Nothing:
    """Implements `Outside`: a chip whose core stands still has no use for it."""

    def pins(self, port: int, changed: int) -> None: ...

    def sent(self, byte: int, bit_ticks: int) -> None: ...

    def i2c_lines(self) -> int:
        return 3

    def i2c_start(self, address: int, read: int) -> bool:  # noqa: ARG002
        return False

    def i2c_write(self, byte: int) -> bool:  # noqa: ARG002
        return False

    def i2c_read(self) -> int:
        return 0xFF

    def i2c_stop(self) -> None: ...

    def convert(self, channel: int) -> int:  # noqa: ARG002
        return 0

    def power(self) -> None: ...

    def event(self) -> None: ...
