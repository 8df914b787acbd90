"""What is to stand where in the flash, and which of it is erased and written."""

from dataclasses import dataclass
from pathlib import Path

from firmware.image import FLASH_LIMIT
from hardware.errors import InputError
from hardware.virtual_board.boot_rom import FLASH_BASE, PAGE_BYTES, SECTOR_BYTES
from hardware.virtual_board.core.machine import RAM
from hardware.virtual_board.mcu.rom_target import FLASH_BYTES, RAM_BYTES

PAGES = FLASH_BYTES // PAGE_BYTES
SETTINGS_AT = FLASH_LIMIT  # two pages to the end, which the firmware writes
_SETTINGS_SECTOR = SETTINGS_AT // SECTOR_BYTES
_PAGES_IN_SECTOR = SECTOR_BYTES // PAGE_BYTES
ERASED = b"\xff"


def read_image(path: Path) -> bytes:
    """A firmware.bin. InputError if it is none."""
    try:
        image = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): run make firmware, or give another file") from None
    check_image(image, str(path))
    return image


def check_image(image: bytes, name: str) -> None:
    if len(image) > FLASH_LIMIT:
        raise InputError(f"{name} has {len(image)} bytes and the program's flash {FLASH_LIMIT}: make the firmware smaller")
    stack, start = (int.from_bytes(image[at : at + 4], "little") for at in (0, 4))
    if not (RAM < stack <= RAM + RAM_BYTES and start & 1 and FLASH_BASE < start < FLASH_BASE + len(image)):
        raise InputError(f"{name} does not begin with a stack pointer and an entry of this chip: give a firmware.bin")


@dataclass(frozen=True)
class FlashLayout:
    """`settings`: content of the pages at the end, which are kept; None: all of the flash is erased."""

    image: bytes
    settings: bytes | None

    @property
    def sectors_to_erase(self) -> list[int]:
        """The one with the vectors first: from then on the chip starts nothing by halves."""
        return list(range(_SETTINGS_SECTOR))

    @property
    def pages_to_erase(self) -> list[int]:
        """Those of the image that share a sector with the settings."""
        return list(range(_SETTINGS_SECTOR * _PAGES_IN_SECTOR, -(-len(self.image) // PAGE_BYTES)))

    @property
    def known_pages(self) -> list[int]:
        """Those of which it is known what they have to hold."""
        if self.settings is None:
            return list(range(PAGES))
        kept = range(SETTINGS_AT // PAGE_BYTES, PAGES)
        return [*range(_SETTINGS_SECTOR * _PAGES_IN_SECTOR), *self.pages_to_erase, *kept]

    @property
    def image_pages(self) -> list[int]:
        return list(range(-(-len(self.image) // PAGE_BYTES)))

    def page(self, number: int) -> bytes:
        """What the page has to hold."""
        start = number * PAGE_BYTES
        if self.settings is not None and start >= SETTINGS_AT:
            return self.settings[start - SETTINGS_AT :][:PAGE_BYTES]
        return self.image[start : start + PAGE_BYTES].ljust(PAGE_BYTES, ERASED)

    def to_write(self, pages: list[int]) -> list[int]:
        """Those of them that are not blank, with the vectors last: until then the chip starts nothing."""
        written = [number for number in pages if self.page(number) != ERASED * PAGE_BYTES]
        return [number for number in written if number != 0] + [number for number in written if number == 0]


def address_of(page: int) -> int:
    return FLASH_BASE + page * PAGE_BYTES


def blocks(pages: list[int], most: int) -> list[list[int]]:
    """Runs of neighbours, at most so many pages in each."""
    found: list[list[int]] = []
    for page in pages:
        if found and found[-1][-1] + 1 == page and len(found[-1]) < most:
            found[-1].append(page)
        else:
            found.append([page])
    return found
