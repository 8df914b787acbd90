"""The host's side of the firmware's console, over anything that is like a pyserial port.

The grammar stands in firmware/src/app/console.h, the streams' in capture.h.
"""

import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

BAUD = 115200
ATTEMPTS = 3
QUIET_S = 0.05  # longer than the board thinks between two lines
TALK_S = 1.0  # the longest answer, that of help, takes 0.2 s
MOST_BYTES = 8192  # more than come within QUIET_S, so that a read of so many lasts that long
MOST_IN_LINE = 1000  # the longest line, that of info, has 450
MOST_UNASKED = 20  # in a row: there are nine faults (firmware/src/app/faults.h)
SPOILT = frozenset({"garbage", "checksum", "too-long"})  # the request did not arrive whole, so nothing was done
UNASKED = frozenset({"boot", "fault", "window"})


class Port(Protocol):
    """What is used of serial.Serial."""

    timeout: float | None
    baudrate: int

    def read(self, size: int = 1, /) -> bytes: ...

    def write(self, data: bytes, /) -> object: ...

    def reset_input_buffer(self) -> object: ...


class ConsoleError(Exception):
    """A request that had no good answer."""


class NoAnswer(ConsoleError):
    """Nothing more came in time, or much that is no answer."""


class Garbled(ConsoleError):
    """A line came whose checksum is wrong, or that has no end."""


class Restarted(ConsoleError):
    """The board started anew instead of answering."""


class Refused(ConsoleError):
    """The board answered with an error; `code` is of console.h's list."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.code, _, self.words = text.partition(" ")


@dataclass(frozen=True)
class Line:
    kind: str
    text: str

    @property
    def values(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self.text.split(" ") if "=" in pair)


@dataclass(frozen=True)
class Answer:
    """`values` of the last line; `lines` are those before it."""

    values: dict[str, str]
    lines: tuple[Line, ...]


def checked(text: str) -> bytes:
    """The text with its checksum, as requests and answers have it; no line end."""
    return f"{text}*{binascii.crc_hqx(text.encode(), 0xFFFF):04x}".encode()


def parse(raw: bytes) -> Line:
    """A line without its line end. Garbled if its checksum is wrong or missing."""
    text = raw.decode("ascii", "replace")[:-5]
    if checked(text) != raw:
        raise Garbled(repr(raw))
    kind, _, rest = text.partition(" ")
    return Line(kind, rest)


class Console:
    """One board. `unasked` collects the lines that belong to no request and came while an answer was awaited.

    A board may talk without end, as one does that starts again and again. Whatever waits here ends all the same.
    """

    def __init__(self, port: Port, timeout_s: float = 3.0) -> None:
        self.port = port
        self.timeout_s = timeout_s
        self.unasked: list[Line] = []
        self._settled = False

    def request(self, *words: object) -> Answer:
        """Send a command and wait for its answer. Refused, NoAnswer, Garbled or Restarted if there is no good one."""
        for attempt in range(ATTEMPTS):
            try:
                self.send(*words)
                *lines, last = self.lines()
                self._settled = True
                return Answer(last.values, tuple(lines))
            except Refused as error:
                if error.code not in SPOILT or attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError

    def send(self, *words: object) -> None:
        """Write a request, after dropping what came before: the answer is to begin with the next byte.

        The line end before it wakes a chip in STOP, which may lose it.
        """
        if not self._settled:
            self.settle()
        self._settled = False
        self.port.reset_input_buffer()
        self.port.write(b"\n" + checked(" ".join(map(str, words))) + b"\n")

    def settle(self) -> None:
        """End the line that noise or a broken-off request began, and the stream that may run, and let pass what is said to it.

        NoAnswer if that has no end. Its time is counted in reads: only the port knows a virtual board's clock.
        """
        self.port.write(b"\n")
        self._wait_at_most(QUIET_S)
        for _ in range(round(TALK_S / QUIET_S)):
            if not self.port.read(MOST_BYTES):
                return
        raise NoAnswer(f"it talks without end: no pause of {QUIET_S:g} s within {TALK_S:g} s")

    def lines(self) -> Iterator[Line]:
        """The lines of an answer, the last one included."""
        unasked = 0
        while unasked < MOST_UNASKED:
            line = self.line()
            unasked = unasked + 1 if line.kind in UNASKED else 0
            if line.kind == "error":
                raise Refused(line.text)
            if line.kind == "boot":
                raise Restarted(line.text)
            if line.kind not in UNASKED:
                yield line
            if line.kind == "ok":
                return
        raise NoAnswer(f"it talks without end: {unasked} lines of its own accord, and no answer")

    def line(self) -> Line:
        """The next line of whatever kind."""
        self._wait_at_most(self.timeout_s)
        raw = bytearray()
        while not raw.endswith(b"\n"):
            byte = self.port.read(1)
            if not byte:
                raise NoAnswer(f"nothing within {self.timeout_s:g} s after {bytes(raw)!r}")
            raw += byte
            if len(raw) > MOST_IN_LINE:
                raise Garbled(f"no line end after {bytes(raw[:40])!r}...")
        line = parse(bytes(raw).rstrip(b"\r\n"))
        if line.kind in UNASKED:
            self.unasked.append(line)
        return line

    def _wait_at_most(self, seconds: float) -> None:
        """pyserial sets up the whole port anew whenever a timeout is given: over RFC 2217 that takes 0.1 s."""
        if self.port.timeout != seconds:
            self.port.timeout = seconds
