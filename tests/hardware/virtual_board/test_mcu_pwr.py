"""Sleep and STOP: what goes on, what stands still, how long it takes to wake."""

import pytest
from chips import CYCLE, MS, Recorder, fall_asleep, spinning_chip

from hardware.virtual_board.core.machine import FLASH, Refused, StopReason
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.current import Mode

CCIPR, CSR, APBENR1 = 0x4002_1054, 0x4002_1060, 0x4002_103C
CR1, CR2, SR = 0x4000_7000, 0x4000_7004, 0x4000_7014
VOS, LPR, MRRDY_3US = 1 << 9, 1 << 14, 1 << 10
LPTIM = 0x4000_7C00
LPTIM_ISR, LPTIM_IER, LPTIM_CR, LPTIM_ARR = LPTIM, LPTIM + 8, LPTIM + 0x10, LPTIM + 0x18
NVIC_ISER, NVIC_ISPR = 0xE000_E100, 0xE000_E200
FLASH_KEYR, FLASH_SR, FLASH_CR, BSY, PER = 0x4002_2008, 0x4002_2010, 0x4002_2014, 1 << 16, 2
EXTI_RTSR, EXTI_IMR = 0x4002_1800, 0x4002_1880
US, LSI = 1536, 46875


@pytest.fixture
def outside() -> Recorder:
    return Recorder()


@pytest.fixture
def chip(outside: Recorder) -> Chip:
    """With LPTIM on LSI, enabled."""
    made = spinning_chip(outside)
    made.machine.access(CSR, 4, 1)
    made.machine.run(MS)
    made.machine.access(CCIPR, 4, 1 << 18)
    made.machine.access(NVIC_ISER, 4, 1 << 17)
    made.machine.access(LPTIM_IER, 4, 2)
    made.machine.access(LPTIM_CR, 4, 1)
    made.machine.run(2 * MS)
    return made


def wake_after(chip: Chip, lsi_clocks: int) -> None:
    chip.machine.access(LPTIM_ARR, 4, lsi_clocks)
    chip.machine.access(LPTIM_CR, 4, 3)


@pytest.mark.parametrize(
    ("cr1", "mode"),
    [(0, Mode.STOP_MAIN), (VOS, Mode.STOP_MAIN), (LPR, Mode.STOP_LPR_1V2), (LPR | VOS, Mode.STOP_LPR_1V0)],
)
def test_modes_of_stop(chip: Chip, outside: Recorder, cr1: int, mode: Mode) -> None:
    chip.machine.access(CR1, 4, 0x30000 | cr1)
    wake_after(chip, 100)
    heard = outside.power_changes
    fall_asleep(chip, 10 * LSI, deep=True)
    assert chip.mode == mode
    assert outside.power_changes == heard + 1
    assert chip.machine.run(chip.now + 1000 * LSI) == StopReason.BREAKPOINT
    assert chip.mode == Mode.RUN
    assert outside.power_changes == heard + 2


def test_sleep_is_a_mode_of_its_own(chip: Chip) -> None:
    wake_after(chip, 100)
    fall_asleep(chip, 10 * LSI)
    assert chip.mode == Mode.SLEEP
    assert chip.machine.run(chip.now + 1000 * LSI) == StopReason.BREAKPOINT
    assert chip.mode == Mode.RUN


@pytest.mark.parametrize(("deep", "cr1", "us"), [(False, 0, 0), (True, 0, 3.5), (True, LPR, 6), (True, LPR | MRRDY_3US, 7)])
def test_time_to_wake(chip: Chip, deep: bool, cr1: int, us: float) -> None:
    chip.machine.access(CR1, 4, 0x30000 | cr1)
    wake_after(chip, 100)
    edge = -(-chip.now // LSI) * LSI
    assert fall_asleep(chip, 1000 * LSI, deep) == StopReason.BREAKPOINT
    assert chip.now - edge - 100 * LSI == pytest.approx(us * US, abs=2 * CYCLE)


def test_masked_line_of_the_timer_does_not_end_stop(chip: Chip) -> None:
    chip.machine.access(EXTI_IMR, 4, 0xDFF8_0000)
    wake_after(chip, 100)
    assert fall_asleep(chip, 1000 * LSI, deep=True) == StopReason.ASLEEP
    assert chip.machine.access(LPTIM_ISR, 4) == 2
    assert chip.machine.access(NVIC_ISPR, 4) == 0
    chip.machine.access(NVIC_ISER, 4, 1)
    chip.machine.access(NVIC_ISPR, 4, 1)  # something else wakes it
    assert chip.machine.run(chip.now + MS) == StopReason.BREAKPOINT
    assert chip.machine.access(NVIC_ISPR, 4) == 1 | 1 << 17


def test_pin_ends_stop(chip: Chip) -> None:
    for register, value in ((0x5000_0000, 0xEBFF_FFFC), (EXTI_RTSR, 1), (EXTI_IMR, 0xFFF8_0001), (NVIC_ISER, 1 << 5)):
        chip.machine.access(register, 4, value)
    chip.set_pin(0, 0, False)
    assert fall_asleep(chip, MS, deep=True) == StopReason.ASLEEP
    chip.set_pin(0, 0, True)
    assert chip.machine.run(chip.now + MS) == StopReason.BREAKPOINT


def test_stop_needs_the_clock_of_pwr(chip: Chip) -> None:
    chip.machine.access(APBENR1, 4, 1 << 31)
    assert fall_asleep(chip, MS, deep=True) == StopReason.UNCLOCKED
    assert chip.machine.trap.address == CR1


def erase(chip: Chip) -> None:
    for register, value in ((FLASH_KEYR, 0x45670123), (FLASH_KEYR, 0xCDEF89AB), (FLASH_CR, PER), (FLASH + 0x1000, 0)):
        chip.machine.access(register, 4, value)


def test_what_hsi_clocks_is_put_off_by_stop(chip: Chip) -> None:
    def waited(deep: bool) -> int:
        erase(chip)
        begin = chip.now
        chip.machine.run(begin + MS)
        wake_after(chip, 1000)
        assert fall_asleep(chip, 2000 * LSI, deep) == StopReason.BREAKPOINT
        slept = chip.now - begin - MS
        if not chip.machine.access(FLASH_SR, 4) & BSY:
            return 0
        chip.machine.set_register(15, FLASH + 0x12)
        while chip.machine.access(FLASH_SR, 4) & BSY:
            chip.machine.run(chip.now + 100 * US)
        return chip.now - begin - slept

    snapshot = chip.machine.snapshot()
    assert waited(deep=False) == 0
    chip.machine.restore(snapshot)
    assert waited(deep=True) == pytest.approx(2.5 * MS, abs=MS)


def test_reset_ends_stop(chip: Chip) -> None:
    fall_asleep(chip, MS, deep=True)
    assert chip.mode == Mode.STOP_MAIN
    chip.reset_pin()
    assert chip.mode == Mode.RUN
    assert not chip.machine.asleep


def test_registers_after_reset(chip: Chip) -> None:
    assert [chip.machine.access(register, 4) for register in (CR1, CR2, SR)] == [0x30000, 0x500, 0]


@pytest.mark.parametrize(("register", "value"), [(CR1, 1 << 19), (CR1, 1 << 5), (CR2, 1), (0x4000_7008, 0)])
def test_what_it_lacks_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        chip.machine.access(register, 4, value)
