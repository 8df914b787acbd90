"""Option bytes: how they are written, when they take effect, and what they protect."""

import pytest
from flash_controller import (
    CR,
    EOP,
    EOPIE,
    OBL_LAUNCH,
    OPTIONS,
    OPTKEYR,
    OPTLOCK,
    OPTR,
    OPTSTRT,
    OPTVERR,
    RDP_1,
    SR,
    TRIGGER,
    WRPERR,
    WRPR,
    Flash,
    power_on,
    zeroed_flash,
)

from hardware.virtual_board.core.machine import FLASH, Refused


@pytest.fixture
def flash() -> Flash:
    return zeroed_flash()


def write_options(flash: Flash, optr: int = 0xBEAA, wrpr: int = 0xFFFF) -> float:
    flash.unlock_options()
    flash.load_timing()
    flash.put(OPTR, optr)
    flash.put(WRPR, wrpr)
    flash.change(CR, on=OPTSTRT)
    flash.change(CR, on=EOPIE)
    flash.put(TRIGGER, 0xFF)
    return flash.wait()


def test_option_bytes_are_written_with_their_complements(flash: Flash) -> None:
    assert write_options(flash, RDP_1, 0xFFFE) == pytest.approx(4.0, abs=0.002)
    assert flash.get(SR) == EOP
    assert flash.memory(OPTIONS, 16) == bytes.fromhex("55beaa41 1f00e0ff ffffffff feff0100")


def test_option_bytes_take_effect_when_they_are_loaded(flash: Flash) -> None:
    assert (flash.chip.brownout_mv, flash.get(OPTR) & 0xFFFF) == (0, 0xBEAA)
    write_options(flash, 0xB5AA)  # BOR on, level 2
    flash.machine.reset()
    assert (flash.chip.brownout_mv, flash.get(OPTR) & 0xFFFF) == (0, 0xBEAA)
    flash.unlock_options()
    flash.machine.access(CR, 4)
    with pytest.raises(Refused, match="RESET"):
        flash.change(CR, on=OBL_LAUNCH)
    flash.machine.reset()
    assert (flash.chip.brownout_mv, flash.get(OPTR) & 0xFFFF) == (2100, 0xB5AA)


def test_option_registers_are_closed_without_their_keys(flash: Flash) -> None:
    flash.unlock()
    flash.put(OPTR, RDP_1)
    flash.change(CR, on=OPTSTRT | OBL_LAUNCH)
    assert flash.get(OPTR) & 0xFFFF == 0xBEAA
    assert not flash.get(CR) & (OPTSTRT | OBL_LAUNCH)
    flash.put(TRIGGER, 0)
    assert flash.get(SR) == WRPERR


def test_a_wrong_option_key_locks_until_reset(flash: Flash) -> None:
    flash.unlock()
    flash.put(OPTKEYR, 1)
    flash.put(OPTKEYR, 0x0819_2A3B)
    flash.put(OPTKEYR, 0x4C5D_6E7F)
    assert flash.get(CR) & OPTLOCK


def test_a_damaged_option_byte_shows_and_protects(flash: Flash) -> None:
    flash.machine.load(OPTIONS, b"\xab")
    power_on(flash)
    assert flash.get(SR) == OPTVERR
    assert flash.get(OPTR) & 0xFFFF == 0xBEFF


def test_leaving_read_protection_erases_the_flash(flash: Flash) -> None:
    write_options(flash, RDP_1)
    power_on(flash)
    write_options(flash, 0xBEAA)
    assert flash.memory(FLASH, 0x8000) == b"\xff" * 0x8000
