"""The flash controller: keys, erasing and programming as the vendor does it, and the times these take."""

import pytest
from chips import MS, Recorder, idle_chip, pass_ticks
from flash_controller import (
    ACR,
    BSY,
    CR,
    DATA,
    EOP,
    EOPIE,
    KEYR,
    LOCK,
    MER,
    OPTLOCK,
    OPTR,
    PAGE,
    PENDING,
    PER,
    PG,
    PGSTRT,
    REGISTERS,
    SDKR,
    SECTOR,
    SER,
    SR,
    STCR,
    TARGET,
    TIMINGS,
    WORDS,
    WRPR,
    Flash,
    zeroed_flash,
)

from hardware.virtual_board.core.machine import FLASH, Refused, StopReason
from hardware.virtual_board.mcu.factory import system_memory


@pytest.fixture
def flash() -> Flash:
    return zeroed_flash()


def test_registers_have_the_reset_values_of_the_vendor(flash: Flash) -> None:
    assert flash.get(CR) == 0xC000_0000
    assert (flash.get(SR), flash.get(ACR), flash.get(STCR)) == (0, 0x600, 0x6400)
    timing = [0xB4, 0x1B0, 0xB4, 0x6C0, 0xB4, 0xEA60, 0xFD20, 0x8CA0, 0x12C0]
    assert [flash.get(TIMINGS + 4 * i) for i in range(9)] == timing
    assert (flash.get(OPTR), flash.get(SDKR), flash.get(WRPR)) == (0x4155_BEAA, 0xFFE0_001F, 0x0000_FFFF)


def test_keys_unlock_the_control_register(flash: Flash) -> None:
    flash.put(CR, PER)
    assert flash.get(CR) == LOCK | OPTLOCK
    flash.unlock()
    assert flash.get(CR) == OPTLOCK
    flash.put(CR, PER | LOCK)
    assert flash.get(CR) == PER | LOCK | OPTLOCK
    flash.put(CR, 0)
    assert flash.get(CR) == PER | LOCK | OPTLOCK
    flash.unlock()
    assert not flash.get(CR) & LOCK


@pytest.mark.parametrize("keys", [(0xCDEF_89AB,), (0x4567_0123, 0x4567_0123), (0x4567_0123, 0xCDEF_89AB, 0x4567_0123)])
def test_a_wrong_key_locks_until_reset(flash: Flash, keys: tuple[int, ...]) -> None:
    for key in keys:
        flash.put(KEYR, key)
    flash.unlock()
    assert flash.get(CR) & LOCK
    flash.machine.reset()
    flash.unlock()
    assert not flash.get(CR) & LOCK


@pytest.mark.parametrize(("register", "value"), [(CR, 1 << 5), (SR, 1 << 7), (ACR, 2), (REGISTERS + 0x18, 0), (STCR, 2)])
def test_what_the_model_lacks_stops_the_machine(flash: Flash, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        flash.put(register, value)


@pytest.mark.parametrize(
    ("operation", "first", "size"), [(PER, TARGET + PAGE, PAGE), (SER, TARGET, SECTOR), (MER, FLASH, 0x8000)]
)
def test_erasing_takes_3_ms_and_sets_all_bits_of_its_unit(flash: Flash, operation: int, first: int, size: int) -> None:
    flash.machine.load(FLASH + 0x100, bytes(0x8000 - 0x100))
    before = flash.memory(FLASH, 0x8000)
    flash.begin(operation)
    flash.put(first + size // 2, 0x1234)
    assert flash.get(SR) == BSY
    assert flash.wait() == pytest.approx(3.0, abs=0.002)
    assert flash.get(SR) == EOP
    start = first - FLASH
    assert flash.memory(FLASH, 0x8000) == before[:start] + b"\xff" * size + before[start + size :]


def test_programming_a_page_takes_1_ms(flash: Flash) -> None:
    flash.machine.load(TARGET, b"\xff" * SECTOR)
    flash.begin(PG)
    flash.fill(TARGET + PAGE, WORDS)
    assert flash.wait() == pytest.approx(1.0, abs=0.002)
    assert flash.get(SR) == EOP
    assert flash.memory(TARGET, 3 * PAGE) == b"\xff" * PAGE + DATA + b"\xff" * PAGE
    assert not flash.get(CR) & PGSTRT


def test_several_pages_follow_each_other_as_the_vendor_programs_them(flash: Flash) -> None:
    flash.machine.load(TARGET, b"\xff" * SECTOR)
    flash.begin(PG)
    for page in range(3):
        flash.change(CR, on=PG)
        flash.fill(TARGET + page * PAGE, WORDS)
        flash.wait()
        flash.change(CR, off=PG)
    assert flash.memory(TARGET, 3 * PAGE) == DATA * 3


def test_programming_only_clears_bits(flash: Flash) -> None:
    old = bytes(range(128))
    flash.machine.load(TARGET, old)
    flash.begin(PG)
    flash.fill(TARGET, WORDS)
    flash.wait()
    assert flash.memory() == bytes(a & b for a, b in zip(old, DATA, strict=True))


def test_the_times_are_the_registers_cycles_of_hsi(flash: Flash) -> None:
    flash.begin(PER)
    flash.put(TIMINGS + 0x14, 2 * 64_500)
    flash.put(TARGET, 0)
    assert flash.wait() == pytest.approx(3.0 + 64_500 / 24_000, abs=0.002)


def test_times_for_another_clock_leave_bits_behind(flash: Flash) -> None:
    """The vendor's warning: with 4 MHz's cycle counts at 24 MHz each operation takes a sixth of its time, and fails."""
    flash.begin(PER)
    flash.load_timing(hsi_fs=0)
    flash.put(TARGET, 0)
    assert flash.wait() == pytest.approx(0.5, abs=0.002)
    ones = sum(byte.bit_count() for byte in flash.memory()) / (8 * PAGE)
    assert ones == pytest.approx(1 / 3, abs=0.06)


def test_the_cpu_goes_on_and_reads_the_old_content_meanwhile(flash: Flash) -> None:
    flash.begin(PER)
    flash.put(TARGET, 0)
    pass_ticks(flash.machine, MS)
    assert flash.chip.flash_busy
    assert flash.get(TARGET) == 0
    flash.wait()
    assert not flash.chip.flash_busy
    assert flash.get(TARGET) == 0xFFFF_FFFF


def test_its_current_is_announced_at_start_and_end() -> None:
    outside = Recorder()
    flash = Flash(idle_chip(outside, system_memory(1)))
    outside.power_changes = 0
    flash.begin(PER)
    flash.put(TARGET, 0)
    assert outside.power_changes == 1
    flash.wait()
    assert outside.power_changes == 3  # the core fell asleep in between


def test_end_of_operation_shows_only_while_its_interrupt_is_enabled(flash: Flash) -> None:
    flash.begin(PER)
    flash.change(CR, off=EOPIE)
    flash.put(TARGET, 0)
    flash.wait()
    assert flash.get(SR) == 0
    flash.change(CR, on=EOPIE)
    flash.put(TARGET, 0)
    assert not flash.get(PENDING) >> 3 & 1
    flash.wait()
    assert flash.get(SR) == EOP
    assert flash.get(PENDING) >> 3 & 1
    flash.put(SR, EOP)
    assert flash.get(SR) == 0


def test_a_snapshot_in_the_midst_goes_on(flash: Flash) -> None:
    flash.begin(PER)
    flash.put(TARGET, 0)
    pass_ticks(flash.machine, MS)
    snapshot = flash.machine.snapshot()
    left = flash.wait()
    flash.machine.restore(snapshot)
    assert flash.wait() == left


def test_running_a_program_from_flash_goes_on_meanwhile(flash: Flash) -> None:
    flash.begin(PER)
    flash.put(TARGET, 0)
    assert flash.machine.run(flash.machine.ticks + MS) == StopReason.TIME
