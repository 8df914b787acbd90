"""How a unit is flashed. Only what was read back and compared, byte for byte, counts as written.

It can be broken off at any moment and run again: the vectors are erased first and written last, so that a chip whose flash was
done by halves starts nothing.
"""

import hashlib
from dataclasses import dataclass

from firmware.console import BAUD as CONSOLE_BAUD
from hardware.virtual_board.boot_rom import FLASH_BASE
from hardware.virtual_board.mcu.rom_target import FLASH_BYTES
from manufacturing.station.flasher import option_bytes
from manufacturing.station.flasher.compare import verify
from manufacturing.station.flasher.failures import Cause, FlashError, Refused, Trouble
from manufacturing.station.flasher.layout import SETTINGS_AT, FlashLayout, check_image
from manufacturing.station.flasher.program import Progress, erase, write
from manufacturing.station.flasher.reading import read_surely
from manufacturing.station.flasher.rom import FRAME_BITS, READ_UNLOCK, WRITE_UNLOCK
from manufacturing.station.flasher.session import Session, connect
from manufacturing.station.link import Link
from manufacturing.station.reset import Reset


@dataclass(frozen=True)
class Wishes:
    """`options`: what the option bytes have to be; None leaves them alone. `unprotect` loses what is in the flash."""

    baud: int | None = None
    erase_all: bool = False
    unprotect: bool = False
    options: bytes | None = option_bytes.FACTORY


@dataclass(frozen=True)
class Flashed:
    """`seconds`: all of it; `flash_seconds`: erase, write and verify, of which `wire_seconds` carry the image's own bytes."""

    uid: str
    rom_version: int
    baud: int
    image_bytes: int
    sha256: str
    option_bytes: str
    options_written: bool
    repetitions: int
    seconds: float
    flash_seconds: float
    wire_seconds: float

    @property
    def over_wire_time(self) -> float:
        return self.flash_seconds / self.wire_seconds


def wire_seconds(image_bytes: int, baud: int) -> float:
    """Each byte of the image to the chip and back in frames of 11 bits, with nothing around them."""
    return 2 * image_bytes * FRAME_BITS / baud


def flash(link: Link, reset: Reset, image: bytes, wishes: Wishes | None = None, progress: Progress = lambda *_: None) -> Flashed:
    """FlashError says why not; LinkError if it is the port."""
    wishes = wishes or Wishes()
    check_image(image, "the image")
    clock = link.clock
    started = clock()

    session = connect(link, reset, wishes.baud)
    session.identity.require_py32f003()
    lift_protection(session, wishes.unprotect)
    uid = session.identity.uid or b""
    layout = FlashLayout(image, None if wishes.erase_all else kept_settings(session))

    began = clock()
    erase(session, layout)
    write(session, layout, layout.image_pages, progress)
    verify(session, layout, progress)
    flashed = clock()

    options, written = set_options(session, wishes.options)
    start(session)
    return Flashed(
        uid=uid.hex(),
        rom_version=session.identity.rom_version,
        baud=session.rom.baud,
        image_bytes=len(image),
        sha256=hashlib.sha256(image).hexdigest(),
        option_bytes=options.hex(),
        options_written=written,
        repetitions=session.troubles,
        seconds=clock() - started,
        flash_seconds=flashed - began,
        wire_seconds=wire_seconds(len(image), session.rom.baud),
    )


def lift_protection(session: Session, allowed: bool) -> None:
    """Read protection first: under it nothing can be read. FlashError if there is any, and it may not be lifted."""
    if session.identity.read_protected:
        if not allowed:
            text = "the chip is read-protected: --unprotect lifts that, and erases all that is in its flash"
            raise FlashError(Cause.READ_PROTECTED, text)
        _lift(session, READ_UNLOCK)
        if session.identity.read_protected:
            raise FlashError(Cause.READ_PROTECTED, "the chip stays read-protected: take the cell out for a moment, and run again")
    if option_bytes.write_protected(option_bytes.read(session)):
        if not allowed:
            text = "sectors of the chip's flash are write-protected: --unprotect lifts that"
            raise FlashError(Cause.WRITE_PROTECTED, text)
        _lift(session, WRITE_UNLOCK)


def _lift(session: Session, command: int) -> None:
    try:
        session.rom.lift_protection(command)
    except Trouble:
        session.note_trouble()  # whether it was done is seen next
    session.begin()


def kept_settings(session: Session) -> bytes:
    """What the firmware saved on earlier occasions: serial number, calibration."""
    return read_surely(session, FLASH_BASE + SETTINGS_AT, FLASH_BYTES - SETTINGS_AT)


def set_options(session: Session, wanted: bytes | None) -> tuple[bytes, bool]:
    """Last, for that resets the chip, and only if they differ: an interruption there may leave it read-protected."""
    found = option_bytes.read(session)
    if wanted is None or found == wanted:
        return found, False
    option_bytes.write(session, wanted)
    found = option_bytes.read(session)
    if found != wanted:
        text = f"the option bytes read back are {found.hex()}, not {wanted.hex()}: run again, then exchange the chip"
        raise FlashError(Cause.OPTION_BYTES, text)
    return found, True


def start(session: Session) -> None:
    """By a reset if there is one; else the ROM jumps. The line is left as the firmware speaks."""
    if session.reset.into_firmware(session.link):
        session.link.set_speed(CONSOLE_BAUD)
        return
    try:
        session.attempt(lambda rom: rom.go(FLASH_BASE))
    except (FlashError, Refused):
        text = "the flash is verified, but the boot ROM did not say that it started it: reset the board"
        raise FlashError(Cause.NO_ANSWER, text) from None
    session.link.set_speed(CONSOLE_BAUD)
