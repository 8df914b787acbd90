"""The 16 option bytes: pairs with their complements at 0 (RDP, USER), 4 (SDK area) and 12 (WRP); see mcu/flash_options.c."""

from hardware.errors import InputError
from hardware.virtual_board.core.machine import SYSTEM
from hardware.virtual_board.mcu.factory import FACTORY_OPTION_BYTES, OPTION_BYTES_AT
from hardware.virtual_board.mcu.rom_target import RDP_LEVEL_0
from manufacturing.station.flasher.failures import Cause, FlashError, Refused
from manufacturing.station.flasher.reading import read_surely
from manufacturing.station.flasher.session import Session

FACTORY = FACTORY_OPTION_BYTES
COUNT = len(FACTORY)

_ADDRESS = SYSTEM + OPTION_BYTES_AT
_PAIRS = (0, 4, 12)
_WRP_AT = 12
_NRST_IS_GPIO, _NBOOT1 = 1 << 6, 1 << 7  # of USER


def read(session: Session) -> bytes:
    return read_surely(session, _ADDRESS, COUNT)


def write(session: Session, wanted: bytes) -> None:
    """The ROM resets the chip then (AN3155), or it does not (?): either way it is entered anew."""
    try:
        session.attempt(lambda rom: rom.write(_ADDRESS, wanted))
    except Refused:
        raise FlashError(Cause.OPTION_BYTES, "the boot ROM refuses the option bytes: set them with a debug probe") from None
    session.link.wait(0.02)
    session.enter_again()


def write_protected(options: bytes) -> bool:
    """Whether any sector is; a word whose complement is wrong protects none."""
    return _complemented(options, _WRP_AT) and options[_WRP_AT : _WRP_AT + 2] != b"\xff\xff"


def parse(text: str) -> bytes:
    """32 hexadecimal digits. InputError for option bytes that are damaged, or would shut the chip."""
    try:
        options = bytes.fromhex(text)
    except ValueError:
        options = b""
    if len(options) != COUNT:
        raise InputError(f"--option-bytes {text} is not {COUNT} bytes in hexadecimal: the factory's are {FACTORY.hex()}")
    if not all(_complemented(options, at) for at in _PAIRS):
        raise InputError(f"--option-bytes {text}: each pair of bytes is followed by its complement, as in {FACTORY.hex()}")
    rdp, user = options[0], options[1]
    if rdp != RDP_LEVEL_0 or user & _NRST_IS_GPIO or not user & _NBOOT1:
        raise InputError(f"--option-bytes {text} would protect the flash, or shut the way into the boot ROM: see {FACTORY.hex()}")
    return options


def _complemented(options: bytes, at: int) -> bool:
    return all(options[at + i] ^ options[at + 2 + i] == 0xFF for i in range(2))
