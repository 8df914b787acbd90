"""Flash whose power goes, or whose chip is reset, in the midst of an operation."""

import pytest
from chips import MS, pass_ticks
from flash_controller import (
    BSY,
    CR,
    DATA,
    OPTIONS,
    OPTR,
    OPTSTRT,
    PAGE,
    PER,
    PG,
    RDP_1,
    SECTOR,
    SER,
    SR,
    TARGET,
    TRIGGER,
    WORDS,
    Flash,
    power_on,
    zeroed_flash,
)

from hardware.virtual_board.core.machine import FLASH


@pytest.fixture
def flash() -> Flash:
    return zeroed_flash()


def erase_broken_off(after_ms: float, seed: int) -> bytes:
    flash = zeroed_flash()
    flash.begin(SER)
    flash.put(TARGET, 0)
    pass_ticks(flash.machine, round(after_ms * MS))
    power_on(flash, seed)
    assert not flash.get(SR) & BSY
    pass_ticks(flash.machine, 5 * MS)
    return flash.memory(TARGET, SECTOR)


@pytest.mark.parametrize("after_ms", [0.3, 1.5, 2.7])
def test_a_broken_erasure_leaves_a_share_of_the_bits(after_ms: float) -> None:
    memory = erase_broken_off(after_ms, seed=3)
    assert sum(byte.bit_count() for byte in memory) / (8 * SECTOR) == pytest.approx(after_ms / 3.0, abs=0.01)
    assert erase_broken_off(after_ms, seed=3) == memory
    assert erase_broken_off(after_ms, seed=4) != memory


def test_a_broken_programming_clears_only_bits_that_it_was_to_clear(flash: Flash) -> None:
    flash.machine.load(TARGET, b"\xff" * PAGE)
    flash.begin(PG)
    flash.fill(TARGET, WORDS)
    pass_ticks(flash.machine, MS // 2)
    power_on(flash, seed=5)
    memory = flash.memory()
    assert all(was & wanted == wanted for was, wanted in zip(memory, DATA, strict=True))
    wanted = sum((byte ^ 0xFF).bit_count() for byte in DATA)
    done = sum((byte ^ 0xFF).bit_count() for byte in memory)
    assert done / wanted == pytest.approx(0.5, abs=0.08)


def test_a_reset_breaks_it_off_too(flash: Flash) -> None:
    flash.begin(PER)
    flash.put(TARGET, 0)
    pass_ticks(flash.machine, MS)
    flash.machine.reset()
    assert flash.get(SR) == 0
    assert flash.memory() not in (bytes(PAGE), b"\xff" * PAGE)


def test_idle_flash_outlasts_a_loss_of_power(flash: Flash) -> None:
    before = flash.memory(FLASH, 0x8000)
    power_on(flash)
    assert flash.memory(FLASH, 0x8000) == before


@pytest.mark.parametrize(("after_ms", "erased"), [(1.5, True), (3.5, False)])
def test_option_bytes_can_be_lost_with_the_power(flash: Flash, after_ms: float, erased: bool) -> None:
    flash.unlock_options()
    flash.load_timing()
    flash.put(OPTR, RDP_1)
    flash.change(CR, on=OPTSTRT)
    flash.put(TRIGGER, 0)
    pass_ticks(flash.machine, round(after_ms * MS))
    power_on(flash, seed=2)
    left = flash.memory(OPTIONS, 4)
    old, new = bytes.fromhex("aabe5541"), bytes.fromhex("55beaa41")
    assert left not in (old, new)
    floor = old if erased else new
    assert all(byte & bits == bits for byte, bits in zip(left, floor, strict=True))


def test_option_bytes_are_erased_before_they_are_programmed(flash: Flash) -> None:
    """Power that goes at the end of the erasure leaves next to nothing of them."""
    flash.unlock_options()
    flash.load_timing()
    flash.change(CR, on=OPTSTRT)
    flash.put(TRIGGER, 0)
    pass_ticks(flash.machine, round(2.98 * MS))
    power_on(flash, seed=2)
    assert sum(byte.bit_count() for byte in flash.memory(OPTIONS, 16)) >= 126
