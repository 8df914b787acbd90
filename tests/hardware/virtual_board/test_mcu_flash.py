"""The flash controller: keys, the vendor's sequences and what breaks them, times, option bytes, loss of power."""

import struct
from collections.abc import Callable

import pytest
from chips import MS, Recorder, idle_chip, pass_ticks

from hardware.virtual_board.core.machine import FLASH, Machine, Refused, StopReason
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import system_memory

REGISTERS = 0x4002_2000
ACR, KEYR, OPTKEYR, SR, CR = (REGISTERS + offset for offset in (0x00, 0x08, 0x0C, 0x10, 0x14))
OPTR, SDKR, WRPR, TRIGGER, STCR = (REGISTERS + offset for offset in (0x20, 0x24, 0x2C, 0x80, 0x90))
TIMINGS = REGISTERS + 0x100
EOP, WRPERR, OPTVERR, BSY = 1 << 0, 1 << 4, 1 << 15, 1 << 16
PG, PER, MER, SER, OPTSTRT, PGSTRT = 1 << 0, 1 << 1, 1 << 2, 1 << 11, 1 << 17, 1 << 19
EOPIE, ERRIE, OBL_LAUNCH, OPTLOCK, LOCK = 1 << 24, 1 << 25, 1 << 27, 1 << 30, 1 << 31
PENDING = 0xE000_E200
PAGE, SECTOR = 128, 4096
TARGET = FLASH + 0x7000
WORDS = [0x9E37_79B9 * (i + 1) & 0xFFFF_FFFF for i in range(32)]
DATA = struct.pack("<32I", *WORDS)
OPTIONS = 0x1FFF_0E80
RDP_1 = 0xBE55


class Flash:
    """What a program does to the flash, as firmware/src/hal/flash.c does it."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip
        self.machine: Machine = chip.machine

    def get(self, register: int) -> int:
        return self.machine.access(register, 4)

    def put(self, register: int, value: int) -> None:
        self.machine.access(register, 4, value)

    def change(self, register: int, on: int = 0, off: int = 0) -> None:
        self.put(register, self.get(register) & ~off & 0xFFFF_FFFF | on)

    def unlock(self) -> None:
        self.put(KEYR, 0x4567_0123)
        self.put(KEYR, 0xCDEF_89AB)

    def unlock_options(self) -> None:
        self.unlock()
        self.put(OPTKEYR, 0x0819_2A3B)
        self.put(OPTKEYR, 0x4C5D_6E7F)

    def load_timing(self, hsi_fs: int = 4) -> None:
        w = [self.get(0x1FFF_0F1C + 20 * hsi_fs + 4 * i) for i in range(5)]
        values = [w[0] & 0xFF, w[0] >> 16 & 0x1FF, w[1] & 0xFF, w[1] >> 16 & 0x7FF, w[0] >> 8 & 0xFF]
        values += [w[2] & 0x1FFFF, w[3] & 0x1FFFF, w[4] & 0xFFFF, w[4] >> 16 & 0x3FFF]
        for i, value in enumerate(values):
            self.put(TIMINGS + 4 * i, value)

    def begin(self, operation: int) -> None:
        self.unlock()
        self.load_timing()
        self.change(CR, on=operation | EOPIE)

    def fill(self, address: int, words: list[int]) -> None:
        """The page buffer by the vendor's order; the last word starts."""
        for i, word in enumerate(words[:-1]):
            self.put(address + 4 * i, word)
        self.change(CR, on=PGSTRT)
        self.put(address + 4 * (len(words) - 1), words[-1])

    def wait(self) -> float:
        """Milliseconds until it is ready."""
        start = self.machine.ticks
        while self.get(SR) & BSY:
            pass_ticks(self.machine, MS // 1000)
        return (self.machine.ticks - start) / MS

    def memory(self, address: int = TARGET, size: int = PAGE) -> bytes:
        return self.machine.read(address, size)


@pytest.fixture
def flash() -> Flash:
    made = Flash(idle_chip(Recorder(), system_memory(1)))
    made.machine.load(TARGET, bytes(SECTOR))
    return made


def power_on(flash: Flash, seed: int = 1) -> None:
    flash.chip.lose_power(seed)
    flash.machine.reset()
    flash.machine.ticks_per_cycle = 64


# Registers


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


# Erasing and programming


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


# What breaks the sequence


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


# Option bytes


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


# Loss of power


def erase_broken_off(after_ms: float, seed: int) -> bytes:
    flash = Flash(idle_chip(Recorder(), system_memory(1)))
    flash.machine.load(TARGET, bytes(SECTOR))
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
