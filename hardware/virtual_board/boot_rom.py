"""The factory boot ROM's serial protocol, byte by byte.

The ROM of the PY32F003 speaks a dialect of ST's AN3155 (8 bits, even parity, 0x7F for autobaud). Sources: puyaisp and
its earlier versions, and the manual of PY32Isp quoted there. Marked (?) is what no source says and this model assumes.

| command | byte | then | here |
|---|---|---|---|
| Get | 00 | | version 1.0 (?), the bytes of this column |
| Version | 01 | | 1.0 (?) and two option bytes of 0 (?) |
| Id | 02 | | 0x0440 |
| Read | 11 | address, count | flash, RAM, ROM area with UID, option and factory words |
| Go | 21 | address | vector table there; the CPU starts |
| Write | 31 | address, data | flash: whole pages of 128 B, the rest of the last one 0xFF (?), up to 256 B (?); option bytes |
| Erase | 44 | FFFF 00: all; 1nnn: nnn+1 pages; 2nnn: nnn+1 sectors of 4 KiB | an ST-style list (0nnn) is refused (?) |
| Write lock, unlock | 63, 73 | sectors; nothing | changes WRP, resets |
| Read lock, unlock | 82, 92 | | sets RDP level 1; or back to level 0 with all of the flash erased. Resets |

With RDP at level 1 it answers Get, Version, Id and Read unlock only (AN3155).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

ACK, NACK, AUTOBAUD = 0x79, 0x1F, 0x7F
VERSION = 0x10
CHIP_ID = 0x0440
FLASH_BASE = 0x0800_0000
PAGE_BYTES, SECTOR_BYTES = 128, 4096
MOST_BYTES = 256  # in one Read or Write

_PAGE_UNIT, _SECTOR_UNIT, _MASS = 1, 2, 0xFFFF


class RomTarget(Protocol):
    """What the ROM does to the chip. Addresses are absolute. False where the chip refuses."""

    def read(self, address: int, count: int) -> bytes | None: ...

    def write(self, address: int, data: bytes) -> bool:
        """Program pages of flash, or bytes of RAM; flash takes 1.0 ms a page (datasheet table 6-15)."""

    def erase(self, first: int, count: int) -> bool:
        """Erase so many bytes from the address on, whole pages; 3.0 ms each erasure."""

    def mass_erase(self) -> None: ...

    def read_protected(self) -> bool: ...

    def set_read_protection(self, on: bool) -> None:
        """Change RDP and reset the chip; turning it off erases the flash."""

    def set_write_protection(self, sectors: bytes | None) -> None:
        """Protect these sectors, or none, and reset the chip."""

    def go(self, address: int) -> bool:
        """Start the program whose vector table is there."""


@dataclass
class _Expect:
    """The next stage of a command: wait for bytes, then call the method of that name with them."""

    count: int
    handler: str


@dataclass
class BootRom:
    """The ROM waiting on its serial port. Its whole state is plain data, so that a deep copy is a snapshot."""

    target: RomTarget
    _listening: bool = False
    _expect: _Expect = field(default_factory=lambda: _Expect(1, "_autobaud"))
    _buffer: bytearray = field(default_factory=bytearray)
    _address: int = 0

    @property
    def listening(self) -> bool:
        """It has heard the autobaud byte."""
        return self._listening

    @property
    def bytes_wanted(self) -> int:
        """After so many it acts; those before the last only wait."""
        return self._expect.count - len(self._buffer)

    def receive(self, byte: int) -> bytes:
        """A byte arrived; what the ROM sends in answer, when it is done with what that took."""
        self._buffer.append(byte)
        if len(self._buffer) < self._expect.count:
            return b""
        data, handler = bytes(self._buffer), self._expect.handler
        self._buffer.clear()
        self._expect = _Expect(2, "_command") if self._listening else _Expect(1, "_autobaud")
        method: Callable[[bytes], bytes] = getattr(self, handler)
        return method(data)

    # Stages. Each may set what to expect next; else the next command is awaited.

    def _autobaud(self, data: bytes) -> bytes:
        if data[0] != AUTOBAUD:
            return b""
        self._listening = True
        self._expect = _Expect(2, "_command")
        return bytes([ACK])

    def _command(self, data: bytes) -> bytes:
        code, complement = data
        if code == AUTOBAUD and complement == AUTOBAUD:
            return bytes([NACK])  # a host that synchronises again
        if code ^ complement != 0xFF or code not in _COMMANDS:
            return bytes([NACK])
        handler, allowed_when_protected = _COMMANDS[code]
        if self.target.read_protected() and not allowed_when_protected:
            return bytes([NACK])
        method: Callable[[], bytes] = getattr(self, handler)
        return method()

    def _get(self) -> bytes:
        return bytes([ACK, len(_COMMANDS), VERSION, *_COMMANDS, ACK])

    def _version(self) -> bytes:
        return bytes([ACK, VERSION, 0, 0, ACK])

    def _identify(self) -> bytes:
        return bytes([ACK, 1, *CHIP_ID.to_bytes(2, "big"), ACK])

    def _read(self) -> bytes:
        return self._await(5, "_read_address")

    def _read_address(self, data: bytes) -> bytes:
        return self._take_address(data, _Expect(2, "_read_count"))

    def _read_count(self, data: bytes) -> bytes:
        if data[0] ^ data[1] != 0xFF:
            return bytes([NACK])
        found = self.target.read(self._address, data[0] + 1)
        return bytes([NACK]) if found is None else bytes([ACK]) + found

    def _go(self) -> bytes:
        return self._await(5, "_go_address")

    def _go_address(self, data: bytes) -> bytes:
        accepted = self._take_address(data, _Expect(2, "_command"))
        if accepted[0] == ACK and not self.target.go(self._address):
            return bytes([NACK])
        return accepted

    def _write(self) -> bytes:
        return self._await(5, "_write_address")

    def _write_address(self, data: bytes) -> bytes:
        return self._take_address(data, _Expect(1, "_write_count"))

    def _write_count(self, data: bytes) -> bytes:
        self._buffer.extend(data)  # the checksum covers the count
        self._expect = _Expect(data[0] + 3, "_write_data")
        return b""

    def _write_data(self, data: bytes) -> bytes:
        content = data[1:-1]
        good = _folded(data) == 0 and self.target.write(self._address, content)
        return bytes([ACK if good else NACK])

    def _erase(self) -> bytes:
        return self._await(2, "_erase_count")

    def _erase_count(self, data: bytes) -> bytes:
        word = int.from_bytes(data, "big")
        self._buffer.extend(data)
        unit, listed = word >> 12, (word & 0xFFF) + 1
        if word == _MASS:
            self._expect = _Expect(3, "_erase_list")
        elif unit in (_PAGE_UNIT, _SECTOR_UNIT):
            self._expect = _Expect(2 + 2 * listed + 1, "_erase_list")
        else:
            self._buffer.clear()
            return bytes([NACK])
        return b""

    def _erase_list(self, data: bytes) -> bytes:
        if _folded(data) != 0:
            return bytes([NACK])
        word = int.from_bytes(data[:2], "big")
        if word == _MASS:
            self.target.mass_erase()
            return bytes([ACK])
        size = PAGE_BYTES if word >> 12 == _PAGE_UNIT else SECTOR_BYTES
        numbers = [int.from_bytes(data[i : i + 2], "big") for i in range(2, len(data) - 1, 2)]
        good = all(self.target.erase(FLASH_BASE + number * size, size) for number in numbers)
        return bytes([ACK if good else NACK])

    def _write_lock(self) -> bytes:
        return self._await(1, "_write_lock_count")

    def _write_lock_count(self, data: bytes) -> bytes:
        self._buffer.extend(data)
        self._expect = _Expect(data[0] + 3, "_write_lock_list")
        return b""

    def _write_lock_list(self, data: bytes) -> bytes:
        if _folded(data) != 0:
            return bytes([NACK])
        self.target.set_write_protection(data[1:-1])
        return bytes([ACK])

    def _write_unlock(self) -> bytes:
        self.target.set_write_protection(None)
        return bytes([ACK, ACK])

    def _read_lock(self) -> bytes:
        self.target.set_read_protection(True)
        return bytes([ACK, ACK])

    def _read_unlock(self) -> bytes:
        self.target.set_read_protection(False)
        return bytes([ACK, ACK])

    def _await(self, count: int, handler: str) -> bytes:
        self._expect = _Expect(count, handler)
        return bytes([ACK])

    def _take_address(self, data: bytes, following: _Expect) -> bytes:
        if _folded(data) != 0:
            return bytes([NACK])
        self._address = int.from_bytes(data[:4], "big")
        self._expect = following
        return bytes([ACK])


def _folded(data: bytes) -> int:
    """All bytes, the checksum included, by exclusive or: 0 if they arrived whole."""
    result = 0
    for byte in data:
        result ^= byte
    return result


# code: stage, whether it works with read protection on
_COMMANDS: dict[int, tuple[str, bool]] = {
    0x00: ("_get", True),
    0x01: ("_version", True),
    0x02: ("_identify", True),
    0x11: ("_read", False),
    0x21: ("_go", False),
    0x31: ("_write", False),
    0x44: ("_erase", False),
    0x63: ("_write_lock", False),
    0x73: ("_write_unlock", False),
    0x82: ("_read_lock", False),
    0x92: ("_read_unlock", True),
}
