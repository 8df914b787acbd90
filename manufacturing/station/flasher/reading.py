"""Reading what the ROM's protocol does not protect."""

from hardware.virtual_board.boot_rom import MOST_BYTES
from manufacturing.station.flasher.failures import Cause, FlashError
from manufacturing.station.flasher.session import Session

_TRIES = 8


def read_surely(session: Session, address: int, count: int = MOST_BYTES) -> bytes:
    """What two readings, one after the other, agree on. FlashError if none do; Refused if the ROM will not."""
    last = None
    for _ in range(_TRIES):
        found = session.attempt(lambda rom: rom.read(address, count))
        if found == last:
            return found
        if last is not None:
            session.note_trouble()
        last = found
    text = f"what is read at {address:#010x} differs from time to time: check contacts and supply, run again"
    raise FlashError(Cause.VERIFY, text, address)
