"""Three-wire SPI of the Ci24R1 at the level of its pins: CSN, SCK and the bidirectional DATA, mode 0, MSB first.

Source: the example driver of IOsetting/py32f0-template (Ci24R1_Wireless), which samples DATA while SCK is high. There is
no status byte beside the command, since the one data line is busy: the first byte after a command is data.
"""

from dataclasses import dataclass
from typing import Protocol

from hardware.virtual_board.device import Drive
from hardware.virtual_board.ticks import Ticks


class Commands(Protocol):
    """Who carries out what comes over the bus."""

    def begin(self, command: int, now: Ticks) -> bool:
        """A command byte; True if the bytes that follow go from the radio to the controller."""

    def written(self, index: int, byte: int, now: Ticks) -> None:
        """Byte number `index` after the command."""

    def to_read(self, index: int, now: Ticks) -> int:
        """The byte number `index` after the command."""

    def end(self, now: Ticks) -> None:
        """CSN rose after at least a command."""


@dataclass
class ThreeWire:
    """State of the bus. DATA turns round at the falling edge after a read command's last bit."""

    selected: bool = False
    clock: bool = False
    data: bool = False
    shift: int = 0
    bits: int = 0
    bytes_done: int = 0  # the command included
    is_read: bool = False  # the command asks for data
    driving: bool = False

    def drive(self) -> Drive:
        """What DATA does during a read; open otherwise."""
        if not self.driving:
            return Drive.OPEN
        return Drive.HIGH if self.shift & 0x80 else Drive.LOW

    def select(self, low: bool, commands: Commands, now: Ticks) -> None:
        """CSN changed: a transfer begins or ends."""
        if low == self.selected:
            return
        if self.bytes_done:
            commands.end(now)
        self.selected, self.shift, self.bits, self.bytes_done = low, 0, 0, 0
        self.is_read = self.driving = False

    def clock_edge(self, high: bool, commands: Commands, now: Ticks) -> None:
        """SCK changed: bits are taken at the rising edge and put out at the falling one."""
        if high == self.clock:
            return
        self.clock = high
        if not self.selected:
            return
        if high:
            self._take(commands, now)
        elif self.is_read:
            self._put(commands, now)

    def _take(self, commands: Commands, now: Ticks) -> None:
        if not self.driving:
            self.shift = self.shift << 1 & 0xFF | self.data
        self.bits += 1
        if self.bits < 8:
            return
        self.bits = 0
        self.bytes_done += 1
        if self.bytes_done == 1:
            self.is_read = commands.begin(self.shift, now)
        elif not self.is_read:
            commands.written(self.bytes_done - 2, self.shift, now)

    def _put(self, commands: Commands, now: Ticks) -> None:
        self.driving = True
        if self.bits == 0:
            self.shift = commands.to_read(self.bytes_done - 1, now)
        else:
            self.shift = self.shift << 1 & 0xFF
