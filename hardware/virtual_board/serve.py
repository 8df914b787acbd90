"""The board's serial port offered to other programs, at the board's own pace: over TCP (RFC 2217), or as a pseudo-terminal.

The board's time follows the wall clock, so that a client's timeouts mean what they say.
"""

import contextlib
import os
import select
import socket
import termios
import time
import tty
from collections.abc import Callable

from serial.rfc2217 import PortManager

from hardware.errors import InputError
from hardware.virtual_board.serial_port import SerialPort
from hardware.virtual_board.ticks import Ticks, from_seconds

_SLICE_S = 2e-3
_MOST_BEHIND_S = 0.1  # after a longer pause of this process the board does not race to catch up
_BLOCK = 4096
_BAUDS = {getattr(termios, name): int(name[1:]) for name in dir(termios) if name.startswith("B") and name[1:].isdigit()}

Advance = Callable[[Ticks], None]  # let this much time pass on the board


def tcp(
    port: SerialPort, advance: Advance, address: tuple[str, int], ready: Callable[[int], None], until: Callable[[], bool]
) -> None:
    """Serve one client after another. `ready` is told the TCP port, `until` ends it. InputError if the address is taken."""
    try:
        listener = socket.create_server(address)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise InputError(f"port {address[1]} of {address[0]} cannot be opened ({reason}): give another with --serve") from None
    with listener:
        listener.settimeout(0)
        ready(listener.getsockname()[1])
        pace = _Pace(advance)
        while not until():
            with contextlib.suppress(BlockingIOError):
                connection, _ = listener.accept()
                with connection:
                    _client(port, connection, pace, until)
            pace.step()


def pty(port: SerialPort, advance: Advance, ready: Callable[[str], None], until: Callable[[], bool]) -> None:
    """Serve a pseudo-terminal; `ready` is told its name. It has no modem lines and no parity: the line takes 8N1 and 8E1."""
    master, slave = os.openpty()
    try:
        tty.setraw(slave)
        os.set_blocking(master, False)
        ready(os.ttyname(slave))
        pace = _Pace(advance)
        while not until():
            with contextlib.suppress(BlockingIOError):
                data = os.read(master, _BLOCK)
                _follow_speed(port, slave)
                port.write(data)
            pace.step()
            if port.in_waiting:
                os.write(master, port.read_all())
    finally:
        os.close(master)
        os.close(slave)


def _follow_speed(port: SerialPort, terminal: int) -> None:
    baud = _BAUDS.get(termios.tcgetattr(terminal)[4], 0)
    if baud and baud != port.baudrate:
        port.baudrate = baud


def _client(port: SerialPort, connection: socket.socket, pace: "_Pace", until: Callable[[], bool]) -> None:
    manager = PortManager(port, _Sender(connection))
    connection.setblocking(False)
    with contextlib.suppress(ConnectionError):
        while not until():
            readable, _, _ = select.select([connection], [], [], 0)
            if readable:
                data = connection.recv(_BLOCK)
                if not data:
                    return
                port.write(b"".join(manager.filter(data)))
            pace.step()
            if port.in_waiting:
                connection.setblocking(True)
                connection.sendall(b"".join(manager.escape(port.read_all())))
                connection.setblocking(False)


class _Sender:
    """What pyserial's PortManager writes its answers to."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> None:
        self._connection.setblocking(True)
        self._connection.sendall(data)
        self._connection.setblocking(False)


class _Pace:
    """Keeps the board's clock beside the wall's."""

    def __init__(self, advance: Advance) -> None:
        self._advance = advance
        self._passed = time.monotonic()

    def step(self) -> None:
        """A slice of the board's time, then sleep if it is ahead."""
        now = time.monotonic()
        if now - self._passed > _MOST_BEHIND_S:
            self._passed = now - _SLICE_S
        self._advance(from_seconds(_SLICE_S))
        self._passed += _SLICE_S
        time.sleep(max(0.0, self._passed - time.monotonic()))
