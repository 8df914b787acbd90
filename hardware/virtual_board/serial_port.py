"""The board's serial port as a host program sees it: what pyserial's Serial offers, in emulated time.

Reading lets the board run until the bytes are there or the timeout has passed on the board's clock.

The host's outputs are wired as on a fixture, where active (True) is low: RTS straight to the pad BOOT0, DTR through 100 nF to
NRST, so that the moment in which it becomes active is a pulse. A terminal that opens a port makes both active: the board starts
anew, from flash. RTS inactive and then a pulse of DTR is the way into the boot ROM.
"""

from typing import Protocol

from hardware.virtual_board.ticks import Ticks, from_seconds
from hardware.virtual_board.uart_line import UartLine

_STEP = from_seconds(1e-3)  # between two looks at what has arrived
_PULSE = from_seconds(5e-3)  # 100 nF and the pull-up of 30 to 70 kOhm (datasheet table 6-20)


class Runnable(Protocol):
    """The board, as far as the port needs it."""

    @property
    def now(self) -> Ticks: ...

    @property
    def line(self) -> UartLine: ...

    def run_until(self, until: Ticks) -> None: ...

    def answer_at(self) -> Ticks | None:
        """When the boot ROM's next byte may arrive, if it runs and that is known."""

    def line_changed(self) -> None:
        """Bytes are on their way to the board."""

    def set_reset(self, asserted: bool) -> None: ...

    def set_boot0(self, high: bool) -> None: ...


class SerialPort:
    """Not a subclass of pyserial's, which opens devices. `timeout` is in emulated seconds; None waits `patience_s`."""

    # What the line does not have, for programs that ask.
    bytesize, stopbits = 8, 1
    xonxoff = rtscts = dsrdtr = False
    cts = dsr = ri = cd = False

    def __init__(self, board: Runnable, timeout: float | None = 1.0, patience_s: float = 30.0) -> None:
        self._board = board
        self._patience_s = patience_s
        self._rts, self._dtr = True, True
        self.timeout = timeout
        self.port = "virtual board"
        self.is_open = True

    # Settings

    @property
    def baudrate(self) -> int:
        return self._board.line.baud

    @baudrate.setter
    def baudrate(self, baud: int) -> None:
        self.flush()
        self._board.line.baud = baud

    @property
    def parity(self) -> str:
        """ "N" or "E", as pyserial has it."""
        return "E" if self._board.line.parity else "N"

    @parity.setter
    def parity(self, parity: str) -> None:
        self._board.line.parity = parity == "E"

    @property
    def break_condition(self) -> bool:
        """Setting it sends one break; the line cannot be held."""
        return False

    @break_condition.setter
    def break_condition(self, wanted: bool) -> None:
        if wanted:
            self.send_break()

    @property
    def rts(self) -> bool:
        return self._rts

    @rts.setter
    def rts(self, active: bool) -> None:
        self._rts = active
        self._board.set_boot0(not active)

    @property
    def dtr(self) -> bool:
        return self._dtr

    @dtr.setter
    def dtr(self, active: bool) -> None:
        falls = active and not self._dtr
        self._dtr = active
        if falls:
            self._board.set_reset(True)
            self._board.run_until(self._board.now + _PULSE)
            self._board.set_reset(False)

    # Data

    @property
    def in_waiting(self) -> int:
        return len(self._board.line.received)

    def write(self, data: bytes) -> int:
        self._board.line.send(data, self._board.now)
        self._board.line_changed()
        return len(data)

    def read(self, size: int = 1) -> bytes:
        """Up to `size` bytes; fewer when the timeout passes."""
        limit = self._board.now + from_seconds(self._patience_s if self.timeout is None else self.timeout)
        waiting = self._board.line.received
        while len(waiting) < size and self._board.now < limit:
            until = min(limit, self._board.now + _STEP)
            answer = self._board.answer_at()
            self._board.run_until(until if answer is None else min(until, max(answer, self._board.now + 1)))
        return bytes(waiting.popleft() for _ in range(min(size, len(waiting))))

    def read_until(self, expected: bytes = b"\n", size: int | None = None) -> bytes:
        """Up to and with `expected`; what there is when the timeout passes between two bytes."""
        found = bytearray()
        while not found.endswith(expected) and (size is None or len(found) < size):
            byte = self.read(1)
            if not byte:
                break
            found += byte
        return bytes(found)

    def readline(self) -> bytes:
        return self.read_until(b"\n")

    def read_all(self) -> bytes:
        return self.read(self.in_waiting) if self.in_waiting else b""

    def flush(self) -> None:
        """Until the host's bytes have left."""
        while self._board.line.busy(self._board.now):
            self._board.run_until(self._board.now + _STEP)

    def reset_input_buffer(self) -> None:
        self._board.line.received.clear()

    def reset_output_buffer(self) -> None:
        """Nothing waits in the host: bytes are on the line at once."""

    def send_break(self, duration: float = 0.25) -> None:
        """The line is held low for two frames, whatever the duration."""
        del duration
        self._board.line.send_break(self._board.now)
        self._board.line_changed()

    def close(self) -> None:
        self.is_open = False

    def __enter__(self) -> "SerialPort":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
