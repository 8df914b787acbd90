"""A client of the PY32F003's boot ROM: a dialect of ST's AN3155, with erase units of its own.

What is known of the dialect, from which source, and what is assumed, stands in `hardware.virtual_board.boot_rom`. The line has
8 bits and even parity. The ROM takes its speed from the first 0x7F after a reset, and keeps it.
"""

from dataclasses import dataclass
from functools import reduce
from operator import xor

from hardware.virtual_board.boot_rom import ACK, AUTOBAUD, MOST_BYTES, NACK
from manufacturing.station.flasher.failures import Garbled, NoReply, Refused
from manufacturing.station.link import Link

GET, IDENTIFY, READ, GO, WRITE, ERASE, WRITE_UNLOCK, READ_UNLOCK = 0x00, 0x02, 0x11, 0x21, 0x31, 0x44, 0x73, 0x92
FRAME_BITS = 11

_BUSY = 0xAA  # in puyaisp's list of answers, which never waits for it (?)
_REPLY_S = 0.25  # what adapters and networks add; an answer itself takes microseconds
_ERASE_S = 3.0  # 3.0 ms each unit, typically (datasheet table 6-15), of up to 256 units
_QUIET_S = 0.03
_PAGE_UNIT, _SECTOR_UNIT, _MASS = 0x1000, 0x2000, 0xFFFF
# No command, and as address, count or data it comes to nothing: its check fails, or it programs what is erased anyway.
_FILLER = b"\xff"
_LONGEST_COMMAND = 2 * MOST_BYTES + 16  # a list of all pages to erase


def checked(data: bytes) -> bytes:
    """With the exclusive or of all bytes behind."""
    return data + bytes([reduce(xor, data)])


def code(value: int) -> bytes:
    """A byte and its complement: commands, and the count of Read."""
    return bytes([value, value ^ 0xFF])


def place(address: int) -> bytes:
    return checked(address.to_bytes(4, "big"))


@dataclass
class Rom:
    """Each method raises NoReply, Garbled or Refused if it had no good answer; then `realign`, or reset the chip.

    `together`: command and address leave in one piece, before the ROM has acknowledged the first. AN3155 has the host wait; a ROM
    that polls a receiver which keeps one byte can follow all the same (?). What it would take a piece for after refusing the one
    before it, is harmless: no address with its check is a command that changes anything. Data never leave before the address is
    acknowledged.
    """

    link: Link
    baud: int
    together: bool = False

    # Getting in touch

    def synchronise(self, tries: int) -> None:
        """At this speed. A ROM that has done so before takes it for an unknown command, and refuses it: as good."""
        self.link.set_speed(self.baud, even_parity=True)
        for _ in range(tries):
            self.link.drop_input()
            self.link.write(bytes([AUTOBAUD]))
            if self.link.read(1, _REPLY_S) in (bytes([ACK]), bytes([NACK])):
                return
        raise NoReply(f"no answer at {self.baud} baud")

    def realign(self) -> None:
        """Bring a ROM that is anywhere in a command back to its beginning, without a reset."""
        self.link.write(_FILLER * _LONGEST_COMMAND)
        while self.link.read(_LONGEST_COMMAND, self._time_for(_LONGEST_COMMAND) + _QUIET_S):
            pass
        for _ in range(2):  # half a command may be left
            self.link.write(_FILLER)
            if self.link.read(1, _REPLY_S) == bytes([NACK]):
                return
        raise NoReply(f"no answer at {self.baud} baud")

    # Commands

    def commands(self) -> tuple[int, bytes]:
        """Version of the ROM, and the commands that it has."""
        self._send(code(GET))
        (count,) = self._bytes(1)
        version, *found = self._bytes(count + 1)
        self._acknowledged()
        return version, bytes(found)

    def chip_id(self) -> int:
        self._send(code(IDENTIFY))
        (count,) = self._bytes(1)
        found = int.from_bytes(self._bytes(count + 1), "big")
        self._acknowledged()
        return found

    def read(self, address: int, count: int) -> bytes:
        """At most 256 bytes. Nothing protects them on the line."""
        self._send(code(READ), place(address), code(count - 1))
        return self._bytes(count)

    def write(self, address: int, data: bytes) -> None:
        """At most 256 bytes, whole pages, which are erased."""
        self._send(code(WRITE), place(address))
        self._send(checked(bytes([len(data) - 1]) + data))

    def erase_all(self) -> None:
        self._send(code(ERASE))
        self._send(checked(_MASS.to_bytes(2, "big")), timeout_s=_ERASE_S)

    def erase_pages(self, numbers: list[int]) -> None:
        self._erase(_PAGE_UNIT, numbers)

    def erase_sectors(self, numbers: list[int]) -> None:
        self._erase(_SECTOR_UNIT, numbers)

    def _erase(self, unit: int, numbers: list[int]) -> None:
        self._send(code(ERASE))
        listed = b"".join(number.to_bytes(2, "big") for number in numbers)
        self._send(checked((unit | len(numbers) - 1).to_bytes(2, "big") + listed), timeout_s=_ERASE_S)

    def lift_protection(self, command: int) -> None:
        """READ_UNLOCK, which erases the flash, or WRITE_UNLOCK. The chip resets."""
        self._send(code(command))
        self._acknowledged(_ERASE_S)

    def go(self, address: int) -> None:
        self._send(code(GO), place(address))

    # Bytes

    def _send(self, *pieces: bytes, timeout_s: float = _REPLY_S) -> None:
        """Each piece is acknowledged. A byte too many before it would be taken for that: out of step for good."""
        if self.link.has_input:
            raise Garbled("more than the answer")
        if self.together:
            self.link.write(b"".join(pieces))
        for piece in pieces:
            if not self.together:
                self.link.write(piece)
            self._acknowledged(timeout_s + self._time_for(len(piece)))

    def _acknowledged(self, timeout_s: float = _REPLY_S) -> None:
        answer = self.link.read(1, timeout_s)
        while answer == bytes([_BUSY]):
            answer = self.link.read(1, timeout_s)
        if answer == bytes([NACK]):
            raise Refused("the boot ROM refuses")
        if not answer:
            raise NoReply("no answer")
        if answer != bytes([ACK]):
            raise Garbled(f"{answer.hex()} for an answer")

    def _bytes(self, count: int) -> bytes:
        found = self.link.read(count, _REPLY_S + self._time_for(count))
        if len(found) < count:
            raise NoReply(f"{len(found)} bytes of {count}")
        return found

    def _time_for(self, count: int) -> float:
        return count * FRAME_BITS / self.baud
