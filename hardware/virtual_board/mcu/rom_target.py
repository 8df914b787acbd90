"""What the boot ROM does to the chip: the memory side of `hardware.virtual_board.boot_rom`.

How time passes: the ROM answers at once, but its answer may be sent only at `ready_at`, and until then it hears nothing.
The memory shows each change from its start; a loss of power before its end takes it back in part (`lose_power`). After a
change of protection `reset_wanted` is set: when the answer is sent, `launch_options` resets as OBL_LAUNCH does.

Assumed, for no source says it: the ROM checks what it programmed and refuses (NACK) where the page was not erased; it
touches nothing if a part of what is to be erased or programmed is write protected. Option bytes are written whole, as puyaisp
does, with right complements, and the ROM resets then (AN3155).
"""

import copy
import random
from dataclasses import dataclass

from hardware.virtual_board.core.machine import FLASH, LR, PC, RAM, SP, SYSTEM, Machine, Refused, Special
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import OPTION_BYTES_AT
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

FLASH_BYTES, RAM_BYTES, SYSTEM_BYTES = 0x8000, 0x1000, 0x1000
PAGE_BYTES, SECTOR_BYTES = 128, 4096
PROGRAM_TICKS = TICKS_PER_SECOND // 1000  # a page: datasheet table 6-15, typical
ERASE_TICKS = 3 * TICKS_PER_SECOND // 1000  # a page, a sector or all

RDP_LEVEL_0, RDP_LEVEL_1 = 0xAA, 0x55
_RDP_AT, _SDK_AT, _WRP_AT = 0, 4, 12
_OPTION_BYTES, _FALLBACK_USER = 16, b"\xbe"  # flash_options.c: what the chip takes USER for where its complement is wrong
_OPTIONS = SYSTEM + OPTION_BYTES_AT
_KEYR, _OPTKEYR, _CR = 0x4002_2008, 0x4002_200C, 0x4002_2014
_KEYS, _OPTION_KEYS = (0x4567_0123, 0xCDEF_89AB), (0x0819_2A3B, 0x4C5D_6E7F)
_OBL_LAUNCH = 1 << 27


@dataclass(frozen=True)
class _Change:
    """Of a piece of memory, from the time it begins to the time it is done."""

    begins: Ticks
    ends: Ticks
    address: int
    before: bytes
    after: bytes

    def broken_off(self, now: Ticks, chance: random.Random) -> bytes:
        """Each bit that changes has done so with the share of the time that has passed."""
        share = (now - self.begins) / (self.ends - self.begins)
        mask = bytes(sum((chance.random() < share) << bit for bit in range(8)) for _ in self.before)
        return bytes(b ^ (b ^ a) & m for b, a, m in zip(self.before, self.after, mask, strict=True))


class ChipRomTarget:
    """Implements `RomTarget` on a chip whose core stands at the ROM's door (StopReason.BOOT_ROM)."""

    def __init__(self, chip: Chip) -> None:
        self._chip = chip
        self._changes: list[_Change] = []  # the last of which is done at ready_at
        self.ready_at: Ticks = 0
        self.reset_wanted = False

    def __deepcopy__(self, memo: object) -> "ChipRomTarget":
        """The chip stays the same: its state has a snapshot of its own."""
        made = ChipRomTarget(self._chip)
        made._changes, made.ready_at, made.reset_wanted = copy.copy(self._changes), self.ready_at, self.reset_wanted
        return made

    @property
    def _machine(self) -> Machine:
        return self._chip.machine

    def read(self, address: int, count: int) -> bytes | None:
        ranges = ((FLASH, FLASH_BYTES), (RAM, RAM_BYTES), (SYSTEM, SYSTEM_BYTES))
        if not any(_within(address, count, base, size) for base, size in ranges):
            return None
        return self._machine.read(address, count)

    def write(self, address: int, data: bytes) -> bool:
        """Pages of flash, the last filled up with 0xFF, or bytes of RAM."""
        if _within(address, len(data), RAM, RAM_BYTES):
            self._machine.load(address, data)
            return True
        if address == _OPTIONS and len(data) == _OPTION_BYTES:
            return self._write_options(data)
        pages = data + b"\xff" * (-len(data) % PAGE_BYTES)
        if address % PAGE_BYTES or not self._may_change(address, len(pages)):
            return False
        for offset in range(0, len(pages), PAGE_BYTES):
            page = pages[offset : offset + PAGE_BYTES]
            old = self._machine.read(address + offset, PAGE_BYTES)
            self._change(address + offset, bytes(o & n for o, n in zip(old, page, strict=True)), PROGRAM_TICKS)
        return self._machine.read(address, len(pages)) == pages

    def erase(self, first: int, count: int) -> bool:
        if first % PAGE_BYTES or count % PAGE_BYTES or not self._may_change(first, count):
            return False
        self._change(first, b"\xff" * count, ERASE_TICKS)
        return True

    def mass_erase(self) -> None:
        self.erase(FLASH, FLASH_BYTES)

    def read_protected(self) -> bool:
        options = self._machine.read(_OPTIONS, _OPTION_BYTES)
        return options[_RDP_AT] != RDP_LEVEL_0 or not _complemented(options, _RDP_AT)

    def set_read_protection(self, on: bool) -> None:
        if not on and self.read_protected():
            self._change(FLASH, b"\xff" * FLASH_BYTES, ERASE_TICKS)
        options = self._machine.read(_OPTIONS, _OPTION_BYTES)
        user = options[_RDP_AT + 1 : _RDP_AT + 2] if _complemented(options, _RDP_AT) else _FALLBACK_USER
        self._set_option(_RDP_AT, bytes([RDP_LEVEL_1 if on else RDP_LEVEL_0]) + user)

    def set_write_protection(self, sectors: bytes | None) -> None:
        """By numbers of sectors; those that the part lacks are left out."""
        word = 0xFFFF
        for sector in sectors or b"":
            word &= ~(1 << sector)
        self._set_option(_WRP_AT, word.to_bytes(2, "little"))

    def go(self, address: int) -> bool:
        """Stack pointer and start from the vectors there, else as after reset; address 0 still shows system memory."""
        vectors = self.read(address, 8)
        if vectors is None or address % 4:
            return False
        machine = self._machine
        for number in range(13):
            machine.set_register(number, 0)
        machine.set_register(LR, 0xFFFF_FFFF)
        machine.set_special(Special.PRIMASK, 0)
        machine.set_register(SP, int.from_bytes(vectors[:4], "little"))
        machine.set_register(PC, int.from_bytes(vectors[4:], "little"))
        return True

    def launch_options(self) -> None:
        """Ask for the reset that loads the option bytes: to be handled as StopReason.RESET."""
        self.reset_wanted = False
        try:
            for register, keys in ((_KEYR, _KEYS), (_OPTKEYR, _OPTION_KEYS)):
                for key in keys:
                    self._machine.access(register, 4, key)
            self._machine.access(_CR, 4, _OBL_LAUNCH)
        except Refused:
            return  # the reset itself
        raise AssertionError("OBL_LAUNCH did not reset the chip")

    def lose_power(self, seed: int) -> None:
        """Take back, now, what was not done yet: bits of the change under way by chance, and all of what was to follow."""
        chance, now = random.Random(seed), self._chip.now
        for change in reversed(self._changes):
            if now <= change.begins:
                self._machine.load(change.address, change.before)
            elif now < change.ends:
                self._machine.load(change.address, change.broken_off(now, chance))
        self._changes.clear()
        self.ready_at, self.reset_wanted = 0, False

    def _may_change(self, address: int, count: int) -> bool:
        if not _within(address, count, FLASH, FLASH_BYTES):
            return False
        writable = int.from_bytes(self._machine.read(_OPTIONS + _WRP_AT, 2), "little")
        first, last = (address - FLASH) // SECTOR_BYTES, (address - FLASH + count - 1) // SECTOR_BYTES
        return all(writable >> sector & 1 for sector in range(first, last + 1))

    def _change(self, address: int, after: bytes, ticks: Ticks) -> None:
        now = self._chip.now
        begins = max(now, self.ready_at)
        if self.ready_at <= now:
            self._changes.clear()
        self.ready_at = begins + ticks
        self._changes.append(_Change(begins, self.ready_at, address, self._machine.read(address, len(after)), after))
        self._machine.load(address, after)

    def _write_options(self, image: bytes) -> bool:
        if not all(_complemented(image, at) for at in (_RDP_AT, _SDK_AT, _WRP_AT)):
            return False
        self._change(_OPTIONS, image, ERASE_TICKS + PROGRAM_TICKS)
        self.reset_wanted = True
        return True

    def _set_option(self, at: int, value: bytes) -> None:
        pair = value + bytes(byte ^ 0xFF for byte in value)
        self._change(_OPTIONS + at, pair, ERASE_TICKS + PROGRAM_TICKS)
        self.reset_wanted = True


def _within(address: int, count: int, base: int, size: int) -> bool:
    return count > 0 and base <= address and address + count <= base + size


def _complemented(options: bytes, at: int) -> bool:
    """Whether the two bytes there are followed by their complements."""
    return all(options[at + i] ^ options[at + 2 + i] == 0xFF for i in range(2))
