"""Which chip is there, and whether line and ROM can be trusted at this speed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from hardware.virtual_board.boot_rom import CHIP_ID
from hardware.virtual_board.core.machine import SYSTEM
from hardware.virtual_board.mcu.factory import SIZES_AT, UID_AT
from hardware.virtual_board.mcu.rom_target import FLASH_BYTES
from manufacturing.station.flasher.failures import Cause, FlashError, Garbled, Refused
from manufacturing.station.flasher.rom import ERASE, GO, READ, WRITE, Rom

UID_BYTES = 128
_NEEDED = frozenset({READ, WRITE, ERASE, GO})
_REFUSALS = 3  # to believe in read protection
_FLASH_UNIT = 8 * 1024  # of the word of sizes: bits 2 to 0, less one (Black Magic Debug)

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Identity:
    """`uid` and `flash_bytes` are None of a chip that is read protected."""

    chip_id: int
    rom_version: int
    commands: bytes
    uid: bytes | None
    flash_bytes: int | None

    @property
    def read_protected(self) -> bool:
        return self.uid is None

    def require_py32f003(self) -> None:
        """FlashError if it is another chip."""
        if self.chip_id != CHIP_ID or not set(self.commands) >= _NEEDED:
            text = f"the chip says it is {self.chip_id:#06x}, not a PY32F003 ({CHIP_ID:#06x}): check U1"
            raise FlashError(Cause.WRONG_CHIP, text)
        if self.flash_bytes is not None and self.flash_bytes < FLASH_BYTES:
            found, needed = self.flash_bytes // 1024, FLASH_BYTES // 1024
            raise FlashError(Cause.WRONG_CHIP, f"the chip has {found} kB of flash, the firmware needs {needed}: check U1's code")


def identify(rom: Rom) -> Identity:
    """Everything twice, for the ROM's answers have no checksum. Garbled if two differ; the other troubles as of Rom."""
    commands, chip = _twice(rom.commands), _twice(rom.chip_id)
    try:
        uid = _twice(lambda: rom.read(SYSTEM + UID_AT, UID_BYTES))
    except Refused:
        if READ in commands[1] and not _refuses_to_read(rom):
            raise
        return Identity(chip, *commands, None, None)
    sizes = _twice(lambda: rom.read(SYSTEM + SIZES_AT, 4))
    return Identity(chip, *commands, uid, ((sizes[0] & 7) + 1) * _FLASH_UNIT)


def follows_pieces(rom: Rom, uid: bytes) -> None:
    """Try whether the ROM keeps up with commands in one piece; the troubles as of Rom if not."""
    rom.together = True
    for _ in range(2):
        if rom.read(SYSTEM + UID_AT, UID_BYTES) != uid:
            raise Garbled("the unique ID differs")


def _refuses_to_read(rom: Rom) -> bool:
    """A damaged command is refused too: whether this one is, each time, while another is answered."""
    for _ in range(_REFUSALS):
        rom.commands()
        try:
            rom.read(SYSTEM + UID_AT, UID_BYTES)
        except Refused:
            continue
        return False
    return True


def _twice(ask: Callable[[], _Answer]) -> _Answer:
    first = ask()
    if ask() != first:
        raise Garbled("two answers to one question differ")
    return first
