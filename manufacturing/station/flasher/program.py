"""Erasing and writing, again where the line or the ROM had trouble with it."""

from collections.abc import Callable

from hardware.virtual_board.boot_rom import MOST_BYTES, PAGE_BYTES
from manufacturing.station.flasher.failures import Cause, FlashError, Refused
from manufacturing.station.flasher.layout import FlashLayout, address_of, blocks
from manufacturing.station.flasher.rom import Rom
from manufacturing.station.flasher.session import ANY, Session

Progress = Callable[[str, int, int], object]  # what is done, bytes of it, of how many

_MOST_PAGES = MOST_BYTES // PAGE_BYTES
_REFUSALS = 2  # of a block: then its pages are written one by one


def erase(session: Session, layout: FlashLayout) -> None:
    try:
        if layout.settings is None:
            session.attempt(Rom.erase_all)
            return
        session.attempt(lambda rom: rom.erase_sectors(layout.sectors_to_erase))
        if layout.pages_to_erase:
            session.attempt(lambda rom: rom.erase_pages(layout.pages_to_erase))
    except Refused:
        raise FlashError(Cause.REFUSED, "the boot ROM refuses to erase: try --erase all, then exchange the chip") from None


def write(session: Session, layout: FlashLayout, pages: list[int], progress: Progress) -> None:
    """Erased pages. 256 bytes a command, or one page where the ROM takes no more (no source says that it takes two)."""
    wanted = layout.to_write(pages)
    done, most = 0, _MOST_PAGES
    for block in blocks(wanted, _MOST_PAGES):
        for part in blocks(block, most):
            try:
                _write_block(session, layout, part, refusals=_REFUSALS)
            except Refused:
                most = 1
                _write_singly(session, layout, part)
        done += len(block)
        progress("write", done * PAGE_BYTES, len(wanted) * PAGE_BYTES)


def rewrite(session: Session, layout: FlashLayout, pages: list[int]) -> None:
    """Pages that hold something else, each by itself."""
    for page in pages:
        session.attempt(lambda rom, page=page: rom.erase_pages([page]))  # type: ignore[misc]
        if layout.to_write([page]):
            _write_singly(session, layout, [page])


def _write_singly(session: Session, layout: FlashLayout, pages: list[int]) -> None:
    for page in pages:
        try:
            _write_block(session, layout, [page])
        except Refused:
            address = address_of(page)
            text = f"the chip refuses what is written at {address:#010x}: run again, then exchange the chip"
            raise FlashError(Cause.REFUSED, text, address) from None


def _write_block(session: Session, layout: FlashLayout, pages: list[int], refusals: int = ANY) -> None:
    data = b"".join(map(layout.page, pages))
    session.attempt(
        lambda rom: rom.write(address_of(pages[0]), data),
        mend=lambda rom: rom.erase_pages(pages),  # whether it was written is not known
        refusals=refusals,
    )
