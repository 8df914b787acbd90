"""The firmware that a board gets, as bytes."""

from pathlib import Path

from hardware.errors import InputError
from hardware.virtual_board.mcu.rom_target import FLASH_BYTES


def image(firmware: Path | bytes) -> bytes:
    """InputError if it is missing or too large."""
    found = firmware if isinstance(firmware, bytes) else _read(firmware)
    if len(found) > FLASH_BYTES:
        raise InputError(f"the firmware has {len(found)} bytes, and the chip's flash {FLASH_BYTES}: make it smaller")
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): run make firmware") from None
