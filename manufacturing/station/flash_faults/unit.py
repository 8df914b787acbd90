"""A chip on the bench with an older content, the image that it is to get, and whether it got it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.virtual_board.boot_rom import FLASH_BASE
from hardware.virtual_board.core.machine import FLASH, SYSTEM
from hardware.virtual_board.mcu.factory import OPTION_BYTES_AT, UID_AT
from hardware.virtual_board.mcu.rom_target import FLASH_BYTES
from manufacturing.station.flash_faults.bench import RomBench
from manufacturing.station.flasher.failures import Cause, FlashError
from manufacturing.station.flasher.identity import UID_BYTES
from manufacturing.station.flasher.layout import SETTINGS_AT
from manufacturing.station.flasher.option_bytes import FACTORY
from manufacturing.station.flasher.procedure import Flashed, Wishes, flash
from manufacturing.station.link import Link
from manufacturing.station.reset import ModemLines

_OTHER_OPTIONS = bytes.fromhex("aabf5540 ff0000ff ffffffff ffff0000")  # brown-out reset on
_OTHER_OPTIONS_SHARE = 0.3
_ERASE_ALL_SHARE = 0.3
_BAUDS = (None, None, 115_200, 460_800)
ACCEPTED, UNPROTECTED, CORRUPTED, SETTINGS_LOST = "accepted", "accepted-unprotected", "corrupted", "settings-lost"


def image_of(size: int, chance: random.Random) -> bytes:
    """Something that begins as a program does."""
    return bytes.fromhex("00100020 09000008") + chance.randbytes(size - 8)


@dataclass
class Unit:
    """All of it follows from the seed and the size of the image."""

    seed: int
    image_bytes: int
    bench: RomBench = field(init=False)
    image: bytes = field(init=False)
    wishes: Wishes = field(init=False)
    settings: bytes = field(init=False)  # that are to be kept

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.image = image_of(self.image_bytes, chance)
        self.bench = RomBench(self.seed)
        self.settings = chance.randbytes(FLASH_BYTES - SETTINGS_AT)
        self.bench.load(FLASH, chance.randbytes(SETTINGS_AT) + self.settings)
        if chance.random() < _OTHER_OPTIONS_SHARE:
            self.bench.load(SYSTEM + OPTION_BYTES_AT, _OTHER_OPTIONS)
        self.wishes = Wishes(baud=chance.choice(_BAUDS), erase_all=chance.random() < _ERASE_ALL_SHARE)

    def flash(self, when_written: Callable[[], None] = lambda: None) -> tuple[Flashed | None, str]:
        """What the flasher says. `when_written` is called once, before the reading back."""
        left = [when_written]

        def progress(step: str, done: int, total: int) -> None:
            if step == "write" and done == total and left:
                left.pop()()

        link = Link("bench", self.bench, self.bench.clock, self.bench.wait)
        try:
            return flash(link, ModemLines(), self.image, self.wishes, progress), ACCEPTED
        except FlashError as error:
            return None, error.cause.value

    def flip(self, at: int, bit: int) -> None:
        self.bench.load(FLASH_BASE + at, bytes([self.bench.flash[at] ^ 1 << bit]))

    def holds(self, flashed: Flashed) -> bool:
        """Image, settings, option bytes and unique ID are what the flasher says."""
        bench, content = self.bench, self.bench.flash
        settings = b"\xff" * len(self.settings) if self.wishes.erase_all else self.settings
        return (
            content[: len(self.image)] == self.image
            and content[SETTINGS_AT:] == settings
            and bench.system(OPTION_BYTES_AT, len(FACTORY)) == FACTORY
            and bench.system(UID_AT, UID_BYTES).hex() == flashed.uid
        )

    def run_again(self) -> str:
        """With a good line and a plug that stays in: what the flasher says, or what is wrong with that."""
        self.bench.mend()
        before, self.settings = self.settings, self.bench.flash[SETTINGS_AT:]
        flashed, said = self.flash()
        if said == Cause.READ_PROTECTED:  # it was cut off in the midst of the option bytes
            self.wishes = Wishes(erase_all=True, unprotect=True)
            flashed, said = self.flash()
            said = UNPROTECTED if said == ACCEPTED else said
        if flashed is not None and not (self.holds(flashed) and self.bench.started):
            return CORRUPTED
        return SETTINGS_LOST if said == ACCEPTED and not self.wishes.erase_all and self.settings != before else said
