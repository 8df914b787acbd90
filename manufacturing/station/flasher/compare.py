"""Reading back and comparing every byte."""

from hardware.virtual_board.boot_rom import MOST_BYTES, PAGE_BYTES
from manufacturing.station.flasher.failures import Cause, FlashError, Refused
from manufacturing.station.flasher.layout import FlashLayout, address_of, blocks
from manufacturing.station.flasher.program import Progress, rewrite
from manufacturing.station.flasher.reading import read_surely
from manufacturing.station.flasher.session import Session

_ROUNDS = 4


def verify(session: Session, layout: FlashLayout, progress: Progress) -> None:
    """FlashError, with the address, if something differs in spite of being written again.

    Once anything went wrong, a damaged command may have changed what nobody asked for: then all pages are compared whose content
    is known, the blank ones and the settings among them.
    """
    pages = layout.image_pages
    for _ in range(_ROUNDS):
        wrong = _differing(session, layout, pages, progress)
        if wrong:
            rewrite(session, layout, wrong)
        elif session.troubles == 0 or pages == layout.known_pages:
            return
        pages = layout.known_pages
    raise _difference(session, layout, wrong)


def _differing(session: Session, layout: FlashLayout, pages: list[int], progress: Progress) -> list[int]:
    wrong: list[int] = []
    done = 0
    for block in blocks(pages, MOST_BYTES // PAGE_BYTES):
        wrong += _differing_in(session, layout, block)
        done += len(block)
        progress("verify", done * PAGE_BYTES, len(pages) * PAGE_BYTES)
    return wrong


def _differing_in(session: Session, layout: FlashLayout, block: list[int]) -> list[int]:
    """What once was read wrong has to be read right twice: the line may have been at fault, or the flash."""
    wanted = b"".join(map(layout.page, block))
    try:
        if session.attempt(lambda rom: rom.read(address_of(block[0]), len(wanted))) == wanted:
            return []
        session.note_trouble()
        found = read_surely(session, address_of(block[0]), len(wanted))
    except Refused:
        text = f"the boot ROM refuses to read at {address_of(block[0]):#010x}: run again, then exchange the chip"
        raise FlashError(Cause.REFUSED, text, address_of(block[0])) from None
    return [page for i, page in enumerate(block) if found[i * PAGE_BYTES :][:PAGE_BYTES] != layout.page(page)]


def _difference(session: Session, layout: FlashLayout, wrong: list[int]) -> FlashError:
    if not wrong:
        return FlashError(Cause.VERIFY, "the line damages too much to be sure of what was written: check contacts, run again")
    page = wrong[0]
    found, wanted = read_surely(session, address_of(page), PAGE_BYTES), layout.page(page)
    at = next((i for i in range(PAGE_BYTES) if found[i] != wanted[i]), 0)
    address = address_of(page) + at
    text = f"the flash reads back {found[at]:#04x} at {address:#010x} where {wanted[at]:#04x} was written: exchange the chip"
    return FlashError(Cause.VERIFY, text, address)
