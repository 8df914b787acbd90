"""Clocks and resets: registers of the vendor's header and SVD, times of the datasheet."""

import pytest
from chips import IDLE, MS, Recorder, idle_chip, pass_ticks

from hardware.virtual_board.core.machine import FLASH, RAM, SYSTEM, Refused, StopReason
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import HSI_TRIMS_AT, LSI_TRIM_AT, system_memory
from hardware.virtual_board.ticks import TICKS_PER_SECOND

RCC, NVIC_ISER, AIRCR = 0x4002_1000, 0xE000_E100, 0xE000_ED0C
CR, ICSCR, CFGR, CIER, CIFR, CICR, CCIPR, BDCR, CSR = (RCC + o for o in (0, 4, 8, 0x18, 0x1C, 0x20, 0x54, 0x5C, 0x60))
APBRSTR1, IOPENR, AHBENR, APBENR1, APBENR2 = (RCC + offset for offset in (0x2C, 0x34, 0x38, 0x3C, 0x40))
PWR_CR1 = 0x4000_7000
HSIRDY, LSIRDY, RMVF = 1 << 10, 2, 1 << 23
OBL, PIN, POWER, SOFTWARE, WATCHDOG = (1 << bit for bit in (25, 26, 27, 28, 29))
US = 1536
FLAGS = 0x7E00_0000


@pytest.fixture
def chip() -> Chip:
    """As after power on, at 8 MHz."""
    made = Chip(Recorder())
    made.machine.load(SYSTEM, system_memory(1))
    made.machine.load(FLASH, IDLE)
    made.power_on()
    return made


def trim(chip: Chip, hsi_range: int) -> int:
    return chip.machine.read_word(SYSTEM + HSI_TRIMS_AT + 4 * hsi_range) & 0x1FFF


def set_range(chip: Chip, hsi_range: int, off: int = 0) -> None:
    lsi = chip.machine.access(ICSCR, 4) & 0x1FF << 16
    chip.machine.access(ICSCR, 4, lsi | hsi_range << 13 | trim(chip, hsi_range) + off)


def start_lsi(chip: Chip) -> None:
    chip.machine.access(CSR, 4, 1)
    pass_ticks(chip.machine, MS)


def test_starts_at_8_mhz_with_the_factory_trims(chip: Chip) -> None:
    assert chip.hclk_hz == 8_000_000
    assert chip.machine.access(CR, 4) == 0x100 | HSIRDY
    icscr = chip.machine.access(ICSCR, 4)
    assert (icscr & 0x1FFF, icscr >> 13 & 7) == (trim(chip, 1), 1)
    assert icscr >> 16 & 0x1FF == chip.machine.read_word(SYSTEM + LSI_TRIM_AT) & 0x1FF


@pytest.mark.parametrize(("hsi_range", "ticks"), [(0, 384), (1, 192), (2, 96), (3, 69), (4, 64)])
def test_ranges_of_hsi(chip: Chip, hsi_range: int, ticks: int) -> None:
    set_range(chip, hsi_range)
    assert chip.machine.ticks_per_cycle == ticks


def test_another_ranges_trim_is_noticed(chip: Chip) -> None:
    set_range(chip, 4, off=100)
    assert chip.hclk_hz > 25_000_000
    set_range(chip, 4, off=-100)
    assert chip.hclk_hz < 22_500_000


def test_hsi_takes_its_time_to_change_its_range(chip: Chip) -> None:
    set_range(chip, 4)
    assert not chip.machine.access(CR, 4) & HSIRDY
    pass_ticks(chip.machine, 2 * US - 100)
    assert not chip.machine.access(CR, 4) & HSIRDY
    pass_ticks(chip.machine, 200)
    assert chip.machine.access(CR, 4) & HSIRDY


def test_dividers_of_hsi_ahb_and_apb(chip: Chip) -> None:
    chip.machine.access(CR, 4, 0x100 | 1 << 11)
    assert chip.hclk_hz == 4_000_000
    chip.machine.access(CFGR, 4, 0b1011 << 8)
    assert chip.hclk_hz == 250_000
    chip.machine.access(CFGR, 4, 0b1100 << 8)  # 64: there is no 32
    assert chip.hclk_hz == 62_500


def test_lsi_takes_its_time_and_can_clock_the_core(chip: Chip) -> None:
    assert not chip.lsi_on
    chip.machine.access(CFGR, 4, 3)
    assert chip.machine.access(CFGR, 4) == 3  # the old clock goes on
    chip.machine.access(CSR, 4, 1)
    assert chip.lsi_on
    assert not chip.machine.access(CSR, 4) & LSIRDY
    pass_ticks(chip.machine, MS)
    assert chip.machine.access(CSR, 4) & LSIRDY
    assert chip.machine.access(CFGR, 4) == 3 | 3 << 3
    assert chip.machine.ticks_per_cycle == 46875
    chip.machine.access(CSR, 4, 0)  # not while the core runs from it
    assert chip.lsi_on
    chip.machine.access(CFGR, 4, 0)
    chip.machine.access(CSR, 4, 0)
    assert not chip.lsi_on


def test_hsi_cannot_go_while_the_core_runs_from_it(chip: Chip) -> None:
    chip.machine.access(CR, 4, 0)
    assert chip.machine.access(CR, 4) == 0x100 | HSIRDY
    start_lsi(chip)
    chip.machine.access(CFGR, 4, 3)
    chip.machine.access(CR, 4, 0)
    assert chip.machine.access(CR, 4) == 0


def test_error_of_the_oscillators(chip: Chip) -> None:
    chip.set_clock_error(hsi_ppm=-15_700, lsi_ppm=100_000)
    set_range(chip, 4)
    assert chip.machine.ticks_per_cycle == 65
    start_lsi(chip)
    chip.machine.access(CFGR, 4, 3)
    assert TICKS_PER_SECOND / chip.machine.ticks_per_cycle == pytest.approx(32768 * 1.1, rel=2e-5)


def test_trim_of_lsi(chip: Chip) -> None:
    chip.machine.access(ICSCR, 4, chip.machine.access(ICSCR, 4) + (10 << 16))
    start_lsi(chip)
    chip.machine.access(CFGR, 4, 3)
    assert chip.hclk_hz > 33_000


def test_ready_interrupt(chip: Chip) -> None:
    chip.machine.access(CIER, 4, 1)
    chip.machine.access(NVIC_ISER, 4, 1 << 4)
    start_lsi(chip)
    assert chip.machine.access(CIFR, 4) == 1
    assert chip.machine.access(0xE000_E200, 4) == 1 << 4
    chip.machine.access(CICR, 4, 1)
    assert chip.machine.access(CIFR, 4) == 0


@pytest.mark.parametrize(
    ("register", "value"),
    [
        (CR, 0x100 | 1 << 16),  # HSE
        (ICSCR, 5 << 13),
        (CFGR, 1),  # SW: HSE
        (CFGR, 1 << 24),  # MCO
        (CCIPR, 3 << 18),  # LSE
        (BDCR, 1),
        (IOPENR, 1 << 2),  # there is no port C
        (AHBENR, 0x301 & ~0x100),  # the core would have no flash
        (APBENR1, 1),
        (APBENR2, 1 << 13),
        (RCC + 0x24, 1),  # reset of a port
        (RCC + 0x0C, 0),
    ],
)
def test_what_is_not_modelled_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        chip.machine.access(register, 4, value)


def test_peripheral_without_clock_or_in_reset_is_not_reached(chip: Chip) -> None:
    with pytest.raises(Refused, match="UNCLOCKED"):
        chip.machine.access(PWR_CR1, 4)
    chip.machine.access(APBENR1, 4, 1 << 28)
    chip.machine.access(PWR_CR1, 4, 0x30200)
    chip.machine.access(APBRSTR1, 4, 1 << 28)
    with pytest.raises(Refused, match="UNCLOCKED"):
        chip.machine.access(PWR_CR1, 4)
    chip.machine.access(APBRSTR1, 4, 0)
    assert chip.machine.access(PWR_CR1, 4) == 0x30000


def flags(chip: Chip) -> int:
    return chip.machine.access(CSR, 4) & FLAGS


def test_reset_flags_gather_until_they_are_removed(chip: Chip) -> None:
    assert flags(chip) == POWER | PIN
    chip.machine.access(CSR, 4, RMVF)
    assert chip.machine.access(CSR, 4) == 0
    chip.reset_pin()
    assert flags(chip) == PIN
    with pytest.raises(Refused, match="RESET"):
        chip.machine.access(AIRCR, 4, 0x05FA_0004)
    chip.restart()
    assert flags(chip) == PIN | SOFTWARE
    chip.power_on()
    assert flags(chip) == POWER | PIN


def test_reset_by_a_program(chip: Chip) -> None:
    reset = b"\x01\x48\x02\x49\x01\x60\xfe\xe7"  # ldr r0, =AIRCR; ldr r1, =key; str r1, [r0]; b .
    chip.machine.load(FLASH + 0x10, reset + AIRCR.to_bytes(4, "little") + 0x05FA_0004.to_bytes(4, "little"))
    chip.power_on()
    chip.machine.access(CSR, 4, RMVF)
    chip.machine.write_word(RAM + 0x100, 7)
    set_range(chip, 4)
    assert chip.machine.run(chip.now + MS) == StopReason.RESET
    chip.restart()
    assert flags(chip) == PIN | SOFTWARE
    assert chip.machine.read_word(RAM + 0x100) == 7
    assert chip.hclk_hz == 8_000_000


def test_ram_does_not_outlast_a_power_off(chip: Chip) -> None:
    chip.machine.write_word(RAM, 0)
    chip.power_on()
    assert chip.machine.read_word(RAM) not in (0, 7)


def test_boot_mode_follows_the_pin_and_the_option_byte(chip: Chip) -> None:
    chip.restart(boot0=True)
    assert chip.machine.read_word(0) == chip.machine.read_word(SYSTEM)
    options = 0x0E80 + SYSTEM
    chip.machine.load(options, bytes((0xAA, 0x3E, 0x55, 0xC1)))  # nBOOT1 = 0
    chip.power_on(boot0=True)
    assert chip.machine.read_word(0) == chip.machine.read_word(RAM)
    chip.power_on()
    assert chip.machine.read_word(0) == chip.machine.read_word(FLASH)


def test_outside_hears_of_another_clock() -> None:
    outside = Recorder()
    chip = idle_chip(outside)
    heard = outside.power_changes
    chip.machine.access(CFGR, 4, 0b1000 << 8)
    assert outside.power_changes == heard + 1
    chip.machine.access(CFGR, 4, 0b1000 << 8)
    assert outside.power_changes == heard + 1
    chip.machine.access(CSR, 4, 1)
    assert outside.power_changes == heard + 2
