"""The linked image: how much flash and static RAM it takes, and of how much."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from hardware import paths, tables
from hardware.errors import InputError, ToolError

ELF = paths.FIRMWARE / "firmware.elf"
FLASH_LIMIT = 32 * 1024 - 256  # PY32F003x6 without the two configuration pages (ld/py32f003.ld)
RAM_LIMIT = 4 * 1024
WITHOUT_MODEL_FLASH = 14 * 1024  # what the firmware leaves to the models and the stack
WITHOUT_MODEL_RAM = 1536
WITH_MODELS_FLASH = 28 * 1024

_SYMBOL = re.compile(r"^([0-9a-f]{8}) \w (\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Size:
    """All in bytes. Static RAM is what the linker places; the stack has the rest."""

    flash_bytes: int
    flash_limit: int
    ram_static_bytes: int
    ram_limit: int

    @property
    def fits(self) -> bool:
        return self.flash_bytes <= self.flash_limit and self.ram_static_bytes <= self.ram_limit


def symbols(elf: Path = ELF) -> dict[str, int]:
    """The image's symbols and their values. InputError if it is not there, or is no ELF file."""
    if not elf.is_file():
        raise InputError(f"{tables.shown(elf)} is missing: run make firmware")
    try:
        done = subprocess.run(["arm-none-eabi-nm", str(elf)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise ToolError("arm-none-eabi-nm is not installed: run scripts/setup") from None
    if done.returncode != 0:
        raise InputError(f"{tables.shown(elf)} is not an image for the MCU: run make firmware")
    return {name: int(value, 16) for value, name in _SYMBOL.findall(done.stdout)}


def size(elf: Path = ELF) -> Size:
    """From the symbols that the linker script defines for it."""
    found = symbols(elf)
    try:
        return Size(found["__flash_used"], FLASH_LIMIT, found["__ram_static"], RAM_LIMIT)
    except KeyError as error:
        raise InputError(f"{tables.shown(elf)} lacks the symbol {error}: run make firmware") from None
