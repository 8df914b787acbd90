"""The independent watchdog: keys, slow registers, and that nothing holds it up."""

import pytest
from chips import MS, fall_asleep, spinning_chip

from hardware.virtual_board.core.machine import SYSTEM, Refused, StopReason
from hardware.virtual_board.mcu.chip import Chip

KR, PR, RLR, SR = (0x4000_3000 + offset for offset in (0, 4, 8, 12))
UNLOCK, RELOAD, START = 0x5555, 0xAAAA, 0xCCCC
CSR, WATCHDOG, PIN = 0x4002_1060, 1 << 29, 1 << 26
LSI = 46875
PVU, RVU = 1, 2


@pytest.fixture
def chip() -> Chip:
    made = spinning_chip()
    made.machine.access(CSR, 4, 1 << 23)  # reset flags removed
    return made


def write(chip: Chip, register: int, value: int) -> None:
    chip.machine.access(register, 4, value)


def wait(chip: Chip, lsi_clocks: float) -> StopReason:
    return chip.machine.run(chip.now + round(lsi_clocks * LSI))


def start(chip: Chip, prescaler: int, reload: int) -> None:
    for register, value in ((KR, START), (KR, UNLOCK), (PR, prescaler), (RLR, reload)):
        write(chip, register, value)
    assert wait(chip, 5.1 * (4 << prescaler)) == StopReason.TIME
    assert chip.machine.access(SR, 4) == 0
    write(chip, KR, RELOAD)


@pytest.mark.parametrize(("prescaler", "divider"), [(0, 4), (5, 128), (7, 256)])
def test_resets_when_it_is_not_reloaded(chip: Chip, prescaler: int, divider: int) -> None:
    start(chip, min(prescaler, 6), 9)
    for _ in range(3):
        assert wait(chip, 9.5 * divider) == StopReason.TIME
        write(chip, KR, RELOAD)
    begin = chip.now
    assert wait(chip, 20 * divider) == StopReason.RESET
    assert chip.now - begin == pytest.approx(10 * divider * LSI, abs=1000)
    chip.restart()
    assert chip.machine.access(CSR, 4) == WATCHDOG | PIN


def test_runs_four_bits_of_prescaler_and_full_count_unless_told(chip: Chip) -> None:
    write(chip, KR, START)
    assert chip.lsi_on
    assert wait(chip, 4 * 4096 - 1) == StopReason.TIME
    assert wait(chip, 2) == StopReason.RESET


def test_registers_take_five_of_its_clocks(chip: Chip) -> None:
    write(chip, KR, START)
    write(chip, KR, UNLOCK)
    write(chip, PR, 5)
    assert chip.machine.access(SR, 4) == PVU
    write(chip, RLR, 100)
    write(chip, RLR, 200)  # lost
    assert chip.machine.access(SR, 4) == PVU | RVU
    wait(chip, 5 * 128 - 1)
    assert [chip.machine.access(register, 4) for register in (SR, PR, RLR)] == [PVU | RVU, 0, 0xFFF]
    wait(chip, 2)
    assert [chip.machine.access(register, 4) for register in (SR, PR, RLR)] == [0, 5, 100]


def test_count_goes_on_when_the_prescaler_changes(chip: Chip) -> None:
    begin = chip.now
    write(chip, KR, START)
    write(chip, KR, UNLOCK)
    write(chip, PR, 1)
    counted = 5 * 8 // 4  # until PR takes effect
    assert wait(chip, 40_000) == StopReason.RESET
    assert chip.now - begin == pytest.approx((40 + (4096 - counted) * 8) * LSI, abs=5 * LSI)


def test_without_lsi_a_write_stays_under_way(chip: Chip) -> None:
    write(chip, KR, UNLOCK)
    write(chip, RLR, 100)
    wait(chip, 1000)
    assert chip.machine.access(SR, 4) == RVU
    write(chip, KR, START)
    wait(chip, 30)
    assert [chip.machine.access(register, 4) for register in (SR, RLR)] == [0, 100]


@pytest.mark.parametrize("keys", [(), (UNLOCK, RELOAD), (UNLOCK, START), (UNLOCK, 0)])
def test_registers_are_locked(chip: Chip, keys: tuple[int, ...]) -> None:
    for key in keys:
        write(chip, KR, key)
    write(chip, RLR, 100)
    assert chip.machine.access(SR, 4) == 0


def test_goes_on_in_stop(chip: Chip) -> None:
    start(chip, 0, 999)
    begin = chip.now
    assert fall_asleep(chip, 1000 * MS, deep=True) == StopReason.RESET
    assert chip.now - begin == pytest.approx(4000 * LSI, abs=1000)


def test_follows_the_error_of_lsi(chip: Chip) -> None:
    chip.set_clock_error(lsi_ppm=250_000)
    start(chip, 0, 999)
    begin = chip.now
    assert wait(chip, 5000) == StopReason.RESET
    assert chip.now - begin == pytest.approx(4000 * LSI / 1.25, rel=1e-4)


def test_is_off_after_a_reset_unless_the_option_byte_starts_it(chip: Chip) -> None:
    start(chip, 0, 9)
    assert wait(chip, 100) == StopReason.RESET
    chip.restart()
    assert not chip.lsi_on
    assert wait(chip, 20_000) == StopReason.TIME
    chip.machine.load(SYSTEM + 0xE80, bytes((0xAA, 0xAE, 0x55, 0x51)))  # IWDG_SW = 0
    chip.power_on()
    assert chip.lsi_on
    assert wait(chip, 20_000) == StopReason.RESET


@pytest.mark.parametrize(("register", "value"), [(PR, 8), (RLR, 0x1000), (KR, 0x1_5555), (0x4000_3010, 0)])
def test_what_it_lacks_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        chip.machine.access(register, 4, value)
