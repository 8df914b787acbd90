"""The serial line to one position: any URL that pyserial opens (RFC 2217 included), or a virtual board's port.

Whatever goes wrong with the port itself is a LinkError: the station's fault, never the unit's.
"""

import contextlib
import errno
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import serial

from hardware.errors import InputError
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.ticks import to_seconds

_SLICE_S = 0.02  # of waiting for bytes. Never changed: over RFC 2217 each change of a timeout takes 0.1 s
_WRITE_S = 10.0  # a line that takes no bytes for so long is gone


class LinkFault(StrEnum):
    NO_PORT = "no-port"
    BUSY = "port-busy"
    GONE = "port-gone"


class LinkError(InputError):
    """The port cannot be used."""

    def __init__(self, fault: LinkFault, text: str) -> None:
        super().__init__(text)
        self.fault = fault


class Port(Protocol):
    """What is used of serial.Serial."""

    timeout: float | None
    baudrate: int
    parity: str
    rts: bool
    dtr: bool

    @property
    def in_waiting(self) -> int: ...

    def read(self, size: int = 1, /) -> bytes: ...

    def write(self, data: bytes, /) -> object: ...

    def reset_input_buffer(self) -> object: ...

    def close(self) -> object: ...


@dataclass
class Link:
    """An open line. `clock` and `wait` are in seconds: of the wall, or of the virtual board."""

    name: str
    port: Port
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    carries_parity: bool = field(default=True, init=False)  # a pseudo-terminal does not

    def set_speed(self, baud: int, even_parity: bool = False) -> None:
        with self._watched():
            self.port.baudrate = baud
            self._set_parity("E" if even_parity and self.carries_parity else "N")

    def _set_parity(self, parity: str) -> None:
        if self.port.parity == parity:
            return
        try:
            self.port.parity = parity
        except (termios.error, OSError) as error:
            if parity == "N" or error.args[:1] != (errno.EINVAL,):
                raise
            self.carries_parity = False
            self.port.parity = "N"

    def write(self, data: bytes) -> None:
        with self._watched():
            self.port.write(data)

    def read(self, count: int, timeout_s: float) -> bytes:
        """So many bytes, or those that came in time."""
        until = self.clock() + timeout_s
        found = bytearray()
        with self._watched():
            while len(found) < count and self.clock() < until:
                found += self.port.read(count - len(found))
        return bytes(found)

    @property
    def has_input(self) -> bool:
        """Something has arrived that nobody has read."""
        with self._watched():
            return self.port.in_waiting > 0

    def drop_input(self) -> None:
        with self._watched():
            self.port.reset_input_buffer()

    def set_lines(self, *, rts: bool | None = None, dtr: bool | None = None) -> None:
        """Active is low on the line."""
        with self._watched():
            if rts is not None:
                self.port.rts = rts
            if dtr is not None:
                self.port.dtr = dtr

    def close(self) -> None:
        with contextlib.suppress(OSError, termios.error):
            self.port.close()

    def __enter__(self) -> "Link":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except (OSError, termios.error) as error:  # SerialException is an OSError
            text = f"{self.name} is gone in the midst of work: check the adapter's plug, then run again"
            raise LinkError(LinkFault.GONE, text) from error


def open_link(url: str) -> Link:
    """A device or a URL. LinkError if it is not there, or another program has it."""
    try:
        port = serial.serial_for_url(url, do_not_open=True)
        port.timeout = _SLICE_S
        if type(port) is serial.Serial:  # a URL takes neither
            port.exclusive, port.write_timeout = True, _WRITE_S
        port.open()
    except (OSError, ValueError, NotImplementedError, termios.error) as error:
        raise _not_opened(url, error) from None
    with contextlib.suppress(AttributeError, OSError, ValueError, NotImplementedError):
        port.set_low_latency_mode(True)  # FTDI adapters else hold each answer back for 16 ms
    return Link(url, port)


def _not_opened(url: str, error: Exception) -> LinkError:
    code = getattr(error, "errno", None)
    text = str(error)
    busy = code in (errno.EBUSY, errno.EAGAIN) or "exclusively lock" in text or "does not seem to support" in text
    if busy:
        return LinkError(LinkFault.BUSY, f"{url} is busy: close the other program that has it open")
    if code == errno.EACCES:
        return LinkError(LinkFault.NO_PORT, f"{url} may not be opened by this user: join the group dialout, then log in again")
    return LinkError(LinkFault.NO_PORT, f"{url} cannot be opened: check its name, and that the adapter is plugged in")


def virtual_link(board: VirtualBoard) -> Link:
    """To a virtual board, in its own time."""
    return Link("virtual board", board.serial(timeout=_SLICE_S), lambda: to_seconds(board.now), board.run)
