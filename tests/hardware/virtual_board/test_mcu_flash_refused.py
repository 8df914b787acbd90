"""What breaks the flash controller's sequences is refused, and does no harm."""

from collections.abc import Callable

import pytest
from chips import MS, pass_ticks
from flash_controller import (
    BSY,
    CR,
    DATA,
    EOP,
    ERRIE,
    LOCK,
    MER,
    OPTIONS,
    PAGE,
    PENDING,
    PER,
    PG,
    PGSTRT,
    SER,
    SR,
    TARGET,
    WORDS,
    WRPERR,
    Flash,
    power_on,
    zeroed_flash,
)

from hardware.virtual_board.core.machine import FLASH


@pytest.fixture
def flash() -> Flash:
    return zeroed_flash()


def locked(flash: Flash) -> None:
    flash.begin(PER)
    flash.change(CR, on=LOCK)
    flash.put(TARGET, 0)


def nothing_chosen(flash: Flash) -> None:
    flash.begin(0)
    flash.put(TARGET, 0)


def two_chosen(flash: Flash) -> None:
    flash.begin(PER | SER)
    flash.put(TARGET, 0)


def bytes_stored(flash: Flash) -> None:
    flash.begin(PER)
    flash.machine.access(TARGET, 1, 0)


def halfwords_stored(flash: Flash) -> None:
    flash.begin(PG)
    flash.machine.access(TARGET, 2, 0)


def not_from_the_first_word(flash: Flash) -> None:
    flash.begin(PG)
    flash.fill(TARGET + 4, WORDS)


def a_word_left_out(flash: Flash) -> None:
    flash.begin(PG)
    for i in range(3):
        flash.put(TARGET + 8 * i, 0)


def half_filled(flash: Flash) -> None:
    flash.begin(PG)
    flash.fill(TARGET, WORDS[:16])


def started_without_pgstrt(flash: Flash) -> None:
    flash.begin(PG)
    for i, word in enumerate(WORDS):
        flash.put(TARGET + 4 * i, word)


def into_another_page(flash: Flash) -> None:
    flash.begin(PG)
    for i in range(31):
        flash.put(TARGET + 4 * i, WORDS[i])
    flash.change(CR, on=PGSTRT)
    flash.put(TARGET + PAGE + 124, WORDS[31])


def protected(flash: Flash) -> None:
    protect_last_sector(flash)
    flash.begin(PER)
    flash.put(TARGET + 0xF80, 0)


def protected_program(flash: Flash) -> None:
    protect_last_sector(flash)
    flash.begin(PG)
    flash.fill(TARGET, WORDS)


def protected_all(flash: Flash) -> None:
    protect_last_sector(flash)
    flash.begin(MER)
    flash.put(FLASH, 0)


def protect_last_sector(flash: Flash) -> None:
    flash.machine.load(OPTIONS + 12, bytes.fromhex("7fff8000"))
    power_on(flash)


BREAKS: list[Callable[[Flash], None]] = [
    locked, nothing_chosen, two_chosen, bytes_stored, halfwords_stored, not_from_the_first_word, a_word_left_out, half_filled,
    started_without_pgstrt, into_another_page, protected, protected_program, protected_all,
]  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS)
def test_what_breaks_the_sequence_is_refused(flash: Flash, broken: Callable[[Flash], None]) -> None:
    before = flash.memory(FLASH, 0x8000)
    broken(flash)
    assert flash.get(SR) == WRPERR
    pass_ticks(flash.machine, 5 * MS)
    assert flash.memory(FLASH, 0x8000) == before


@pytest.mark.parametrize("broken", [half_filled, a_word_left_out, not_from_the_first_word, started_without_pgstrt])
def test_the_whole_sequence_works_after_a_broken_one(flash: Flash, broken: Callable[[Flash], None]) -> None:
    flash.machine.load(TARGET, b"\xff" * PAGE)
    broken(flash)
    flash.put(SR, WRPERR)
    flash.fill(TARGET, WORDS)
    flash.wait()
    assert flash.get(SR) == EOP
    assert flash.memory() == DATA


def test_a_store_while_busy_is_refused_and_does_no_harm(flash: Flash) -> None:
    flash.begin(PER)
    flash.put(TARGET, 0)
    flash.put(TARGET + PAGE, 0)
    assert flash.get(SR) == BSY | WRPERR
    flash.wait()
    assert flash.memory(TARGET, 2 * PAGE) == b"\xff" * PAGE + bytes(PAGE)


def test_unprotected_sectors_stay_free(flash: Flash) -> None:
    flash.machine.load(FLASH + 0x6F80, bytes(PAGE))
    protect_last_sector(flash)
    flash.begin(PER)
    flash.put(FLASH + 0x6F80, 0)
    flash.wait()
    assert flash.memory(FLASH + 0x6F80) == b"\xff" * PAGE


def test_errors_interrupt_when_asked_to(flash: Flash) -> None:
    flash.begin(ERRIE)
    flash.put(TARGET, 0)
    assert flash.get(PENDING) >> 3 & 1
