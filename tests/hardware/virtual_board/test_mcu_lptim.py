"""The low-power timer: one shot, from LSI, with the vendor's order of writes."""

import pytest
from chips import MS, fall_asleep, spinning_chip

from hardware.virtual_board.core.machine import PC, Refused, StopReason
from hardware.virtual_board.mcu.chip import Chip

RCC_CFGR, CCIPR, CSR = 0x4002_1008, 0x4002_1054, 0x4002_1060
ISR, ICR, IER, CFGR, CR, ARR, CNT = (0x4000_7C00 + offset for offset in (0, 4, 8, 0xC, 0x10, 0x18, 0x1C))
NVIC_ISER, NVIC_ISPR = 0xE000_E100, 0xE000_E200
ARRM, ENABLE, SNGSTRT, RSTARE, PRELOAD = 2, 1, 2, 16, 1 << 22
LSI, US = 46875, 1536  # ticks
DIVIDE_BY_32 = 5 << 9
SETTLED = 160 * US


@pytest.fixture
def chip() -> Chip:
    """With the timer on LSI, its interrupt enabled."""
    made = spinning_chip()
    made.machine.access(CSR, 4, 1)
    pass_time(made, MS)
    made.machine.access(CCIPR, 4, 1 << 18)
    made.machine.access(NVIC_ISER, 4, 1 << 17)
    return made


def pass_time(chip: Chip, ticks: int) -> None:
    assert chip.machine.run(chip.now + ticks) == StopReason.TIME


def start(chip: Chip, steps: int, cfgr: int = DIVIDE_BY_32, wait: int = SETTLED) -> None:
    chip.machine.access(CR, 4, 0)
    chip.machine.access(CFGR, 4, cfgr)
    chip.machine.access(IER, 4, ARRM)
    chip.machine.access(CR, 4, ENABLE)
    chip.machine.access(ARR, 4, steps)
    pass_time(chip, wait)
    chip.machine.access(CR, 4, ENABLE | SNGSTRT)


def test_counts_to_arr_once(chip: Chip) -> None:
    start(chip, 10)
    step = 32 * LSI
    pass_time(chip, LSI + 4 * step)
    assert chip.machine.access(CNT, 4) == 4
    pass_time(chip, 5 * step)
    assert chip.machine.access(ISR, 4) == 0
    assert chip.machine.access(CR, 4) == ENABLE | SNGSTRT
    pass_time(chip, step)
    assert chip.machine.access(ISR, 4) == ARRM
    assert chip.machine.access(NVIC_ISPR, 4) == 1 << 17
    assert (chip.machine.access(CNT, 4), chip.machine.access(CR, 4)) == (0, ENABLE)
    chip.machine.access(ICR, 4, ARRM)
    pass_time(chip, 20 * step)
    assert chip.machine.access(ISR, 4) == 0


def test_second_shot(chip: Chip) -> None:
    start(chip, 3, cfgr=0)
    pass_time(chip, 5 * LSI)
    chip.machine.access(ICR, 4, ARRM)
    chip.machine.access(CR, 4, ENABLE | SNGSTRT)
    pass_time(chip, 5 * LSI)
    assert chip.machine.access(ISR, 4) == ARRM


@pytest.mark.parametrize(("wait", "runs"), [(60 * US, False), (SETTLED, True)])
def test_start_too_soon_after_enable_is_lost(chip: Chip, wait: int, runs: bool) -> None:
    start(chip, 10, wait=wait)
    pass_time(chip, 1000 * LSI)
    assert bool(chip.machine.access(ISR, 4)) == runs


def test_the_vendors_wait_does_with_the_slowest_lsi(chip: Chip) -> None:
    chip.set_clock_error(lsi_ppm=-200_000)
    start(chip, 10, cfgr=0)
    assert chip.machine.access(CR, 4) == ENABLE | SNGSTRT


def test_arr_is_written_only_while_enabled_the_others_while_disabled(chip: Chip) -> None:
    chip.machine.access(ARR, 4, 7)
    assert chip.machine.access(ARR, 4) == 1
    chip.machine.access(CR, 4, ENABLE)
    chip.machine.access(ARR, 4, 7)
    chip.machine.access(CFGR, 4, DIVIDE_BY_32)
    chip.machine.access(IER, 4, ARRM)
    assert [chip.machine.access(register, 4) for register in (ARR, CFGR, IER)] == [7, 0, 0]
    chip.machine.access(CR, 4, 0)
    assert chip.machine.access(ARR, 4) == 7


def test_disabling_starts_from_zero(chip: Chip) -> None:
    start(chip, 100)
    pass_time(chip, 50 * 32 * LSI)
    chip.machine.access(CR, 4, 0)
    assert chip.machine.access(CNT, 4) == 0
    pass_time(chip, 100 * 32 * LSI)
    assert chip.machine.access(ISR, 4) == 0


def test_preload_keeps_arr_for_the_next_shot(chip: Chip) -> None:
    start(chip, 10, cfgr=PRELOAD)
    chip.machine.access(ARR, 4, 100)
    pass_time(chip, 12 * LSI)
    assert chip.machine.access(ISR, 4) == ARRM
    chip.machine.access(ICR, 4, ARRM)
    chip.machine.access(CR, 4, ENABLE | SNGSTRT)
    pass_time(chip, 99 * LSI)
    assert chip.machine.access(ISR, 4) == 0
    pass_time(chip, 2 * LSI)
    assert chip.machine.access(ISR, 4) == ARRM
    start(chip, 10, cfgr=0)
    chip.machine.access(ARR, 4, 100)
    chip.machine.access(ICR, 4, ARRM)
    pass_time(chip, 12 * LSI)
    assert chip.machine.access(ISR, 4) == 0


def test_reading_can_reset_the_count(chip: Chip) -> None:
    chip.machine.access(CR, 4, ENABLE | RSTARE)
    start(chip, 100, cfgr=0)
    chip.machine.access(CR, 4, ENABLE | RSTARE)
    pass_time(chip, 50 * LSI)
    assert chip.machine.access(CNT, 4) in (49, 50)
    assert chip.machine.access(CNT, 4) == 0


def test_goes_on_in_stop_with_lsi_and_ends_it(chip: Chip) -> None:
    start(chip, 10)
    begin = chip.now
    assert fall_asleep(chip, 1000 * MS, deep=True) == StopReason.BREAKPOINT
    assert chip.now - begin == pytest.approx(10 * 32 * LSI, abs=LSI + 10 * US)


def test_stands_still_in_stop_with_pclk(chip: Chip) -> None:
    chip.machine.access(CCIPR, 4, 0)
    start(chip, 1000, cfgr=0)
    pass_time(chip, 400 * 64)
    assert fall_asleep(chip, 50 * MS, deep=True) == StopReason.ASLEEP
    chip.machine.access(NVIC_ISPR, 4, 1 << 17)
    assert chip.machine.run(chip.now + MS) == StopReason.BREAKPOINT
    assert chip.machine.access(CNT, 4) == pytest.approx(402, abs=4)
    chip.machine.set_register(PC, 0x0800_0012)
    pass_time(chip, 610 * 64)
    assert chip.machine.access(ISR, 4) == ARRM


def test_pclk_has_its_own_divider(chip: Chip) -> None:
    chip.machine.access(CCIPR, 4, 0)
    chip.machine.access(RCC_CFGR, 4, 0b110 << 12)  # HCLK / 8
    start(chip, 1000, cfgr=0)
    pass_time(chip, 990 * 8 * 64)
    assert chip.machine.access(ISR, 4) == 0
    pass_time(chip, 12 * 8 * 64)
    assert chip.machine.access(ISR, 4) == ARRM


def test_cannot_be_enabled_without_its_clock(chip: Chip) -> None:
    chip.machine.access(CSR, 4, 0)
    with pytest.raises(Refused, match="UNCLOCKED"):
        chip.machine.access(CR, 4, ENABLE)


@pytest.mark.parametrize(("register", "value"), [(CR, 4), (CFGR, 1), (IER, 1), (ARR, 0x10000), (0x4000_7C14, 0)])
def test_what_it_lacks_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        chip.machine.access(register, 4, value)
