"""Ports as Puya's SVD and the datasheet's pin table have them; lock sequence as ST RM0091, 8.4.8."""

import pytest
from chips import Recorder, idle_chip

from hardware.virtual_board.core.machine import Refused
from hardware.virtual_board.mcu.chip import Chip, PinDrive
from hardware.virtual_board.mcu.factory import system_memory

A, B, F = 0x5000_0000, 0x5000_0400, 0x5000_1400
MODER, OTYPER, PUPDR, IDR, ODR, BSRR, LCKR, AFRL, AFRH, BRR = 0x0, 0x4, 0xC, 0x10, 0x14, 0x18, 0x1C, 0x20, 0x24, 0x28
INPUT, OUTPUT, FUNCTION, ANALOG = range(4)
USART1_BRR, USART1_CR1 = 0x4001_3808, 0x4001_380C


def mode(chip: Chip, port: int, bit: int, value: int) -> None:
    old = chip.machine.access(port + MODER, 4)
    chip.machine.access(port + MODER, 4, old & ~(3 << 2 * bit) | value << 2 * bit)


@pytest.fixture
def outside() -> Recorder:
    return Recorder()


@pytest.fixture
def chip(outside: Recorder) -> Chip:
    made = idle_chip(outside)
    outside.pin_changes.clear()
    return made


def test_reset_values(chip: Chip) -> None:
    registers = (MODER, OTYPER, 0x8, PUPDR, ODR, LCKR, AFRL, AFRH)
    read = [[chip.machine.access(port + register, 4) for register in registers] for port in (A, B, F)]
    assert read[0] == [0xEBFF_FFFF, 0, 0x0C00_0000, 0x2400_0000, 0, 0, 0, 0]
    assert read[1] == [0xFFFF_FFFF, 0, 0, 0, 0, 0, 0, 0]
    assert read[2] == [0xFFFF_FCFF, 0, 0, 0x200, 0, 0, 0, 0]


def test_nobody_is_told_of_pins_while_the_chip_is_made(outside: Recorder) -> None:
    chip = Chip(outside)  # its outside may not be ready yet
    assert outside.pin_changes == []
    chip.machine.access(0x4002_1034, 4, 1)
    mode(chip, A, 4, OUTPUT)
    assert outside.pin_changes == [(0, 1 << 4)]


def test_pins_after_reset(chip: Chip) -> None:
    assert chip.pin(0, 13) == PinDrive.PULL_UP  # SWDIO
    assert chip.pin(0, 14) == PinDrive.PULL_DOWN  # SWCLK
    assert chip.pin(2, 4) == PinDrive.PULL_DOWN  # BOOT0
    assert {chip.pin(0, bit) for bit in range(13)} == {PinDrive.OPEN}
    assert (chip.function(0, 13), chip.function(0, 2)) == (0, None)


def test_output_push_pull_and_open_drain(chip: Chip) -> None:
    mode(chip, A, 5, OUTPUT)
    assert chip.pin(0, 5) == PinDrive.LOW
    chip.machine.access(A + BSRR, 4, 1 << 5)
    assert chip.pin(0, 5) == PinDrive.HIGH
    chip.machine.access(A + OTYPER, 4, 1 << 5)
    assert chip.pin(0, 5) == PinDrive.OPEN
    chip.machine.access(A + PUPDR, 4, 1 << 10)
    assert chip.pin(0, 5) == PinDrive.PULL_UP
    chip.machine.access(A + BRR, 4, 1 << 5)
    assert chip.pin(0, 5) == PinDrive.LOW


def test_bsrr_sets_resets_and_prefers_to_set(chip: Chip) -> None:
    chip.machine.access(A + ODR, 4, 0b1100)
    chip.machine.access(A + BSRR, 4, 0b0110_0000_0000_0000_0000_0011 | 0b100 << 16)
    assert chip.machine.access(A + ODR, 4) == 0b1011
    chip.machine.access(A + BSRR, 4, 1 << 16 | 1)
    assert chip.machine.access(A + ODR, 4) == 0b1011
    chip.machine.access(A + BRR, 4, 0b1)
    assert chip.machine.access(A + ODR, 4) == 0b1010


def test_inputs_with_pulls(chip: Chip) -> None:
    mode(chip, B, 6, INPUT)
    pins = []
    for pull in (0, 1, 2):
        chip.machine.access(B + PUPDR, 4, pull << 12)
        pins.append(chip.pin(1, 6))
    assert pins == [PinDrive.OPEN, PinDrive.PULL_UP, PinDrive.PULL_DOWN]
    mode(chip, B, 6, ANALOG)
    assert chip.pin(1, 6) == PinDrive.OPEN


def test_idr_shows_the_net_except_in_analog_mode(chip: Chip) -> None:
    chip.set_pin(0, 3, True)
    assert not chip.machine.access(A + IDR, 4) & 1 << 3
    mode(chip, A, 3, INPUT)
    assert chip.machine.access(A + IDR, 4) & 1 << 3
    mode(chip, A, 3, OUTPUT)  # an output that somebody holds high
    assert chip.machine.access(A + IDR, 4) & 1 << 3
    chip.set_pin(0, 3, False)
    assert not chip.machine.access(A + IDR, 4) & 1 << 3


def test_bytes_and_halfwords(chip: Chip) -> None:
    chip.machine.access(A + MODER + 1, 1, 0x55)
    assert chip.machine.access(A + MODER, 4) == 0xEBFF_55FF
    assert chip.machine.access(A + MODER + 2, 2) == 0xEBFF
    chip.machine.access(A + BSRR, 2, 0x30)
    assert chip.machine.access(A + ODR, 1) == 0x30
    chip.machine.access(A + BSRR + 2, 2, 0x10)
    assert chip.machine.access(A + ODR, 4) == 0x20


def test_the_outside_hears_once_of_each_change(chip: Chip, outside: Recorder) -> None:
    chip.machine.access(A + BSRR, 4, 0xFFFF)  # no pin is an output
    assert outside.pin_changes == []
    chip.machine.access(A + MODER, 4, 0xEBFF_FFF5)  # pins 0 and 1 become outputs
    chip.machine.access(A + BSRR, 4, 0xFFFE << 16)
    chip.machine.access(A + BSRR, 4, 0x2 << 16)  # is low already
    mode(chip, F, 1, INPUT)
    assert outside.pin_changes == [(0, 0b11), (0, 0b10), (2, 0b10)]


def test_reset_returns_the_pins(chip: Chip, outside: Recorder) -> None:
    mode(chip, A, 0, OUTPUT)
    chip.set_pin(0, 13, True)
    outside.pin_changes.clear()
    chip.machine.reset()
    assert outside.pin_changes == [(0, 1)]
    chip.machine.reset()
    assert outside.pin_changes == [(0, 1)]  # nothing changed
    assert chip.pin(0, 0) == PinDrive.OPEN


def test_the_reset_pin_is_pulled_up_whatever_its_port_says() -> None:
    chip = idle_chip(system=system_memory(1))  # with the factory's option bytes: NRST_MODE is 0
    assert chip.pin(2, 2) == PinDrive.PULL_UP
    mode(chip, F, 2, OUTPUT)
    assert chip.pin(2, 2) == PinDrive.PULL_UP


def test_alternate_function(chip: Chip) -> None:
    chip.machine.access(A + AFRL, 4, 1 << 8)  # PA2: USART1_TX
    mode(chip, A, 2, FUNCTION)
    assert (chip.function(0, 2), chip.pin(0, 2)) == (1, PinDrive.OPEN)
    chip.machine.access(B + AFRL, 4, 6 << 24)  # PB6: I2C_SCL
    chip.machine.access(B + PUPDR, 4, 1 << 12)
    mode(chip, B, 6, FUNCTION)
    assert (chip.function(1, 6), chip.pin(1, 6)) == (6, PinDrive.PULL_UP)
    chip.machine.access(A + AFRH, 4, 5 << 16)
    mode(chip, A, 12, FUNCTION)
    assert chip.function(0, 12) == 5


@pytest.mark.parametrize(("port", "bit", "function"), [(0, 2, 1), (0, 7, 8), (0, 14, 1), (1, 6, 0), (2, 1, 8)])
def test_the_serial_port_holds_its_pin_high(chip: Chip, outside: Recorder, port: int, bit: int, function: int) -> None:
    base = (A, B, F)[port]
    register = base + (AFRL if bit < 8 else AFRH)
    chip.machine.access(register, 4, function << 4 * (bit % 8))
    chip.machine.access(base + PUPDR, 4, 0)
    mode(chip, base, bit, FUNCTION)
    outside.pin_changes.clear()
    chip.machine.access(USART1_BRR, 4, 208)
    chip.machine.access(USART1_CR1, 4, 1 << 13 | 1 << 3)
    assert chip.pin(port, bit) == PinDrive.HIGH
    chip.machine.access(USART1_CR1, 4, 1 << 13)
    assert chip.pin(port, bit) == PinDrive.OPEN
    assert outside.pin_changes == [(port, 1 << bit)] * 2


def lock(chip: Chip, *words: int) -> int:
    for word in words:
        chip.machine.access(A + LCKR, 4, word)
    return chip.machine.access(A + LCKR, 4)


def test_a_locked_pin_keeps_its_configuration(chip: Chip) -> None:
    key = 1 << 16
    assert lock(chip, key | 4, 4, key | 4) == key | 4
    for register, value in ((MODER, 0), (OTYPER, 0xFFFF), (PUPDR, 0x5555_5555), (AFRL, 0x1111_1111)):
        chip.machine.access(A + register, 4, value)
    read = [chip.machine.access(A + register, 4) for register in (MODER, OTYPER, PUPDR, AFRL)]
    assert read == [0x30, 0xFFFB, 0x5555_5545, 0x1111_1011]
    chip.machine.access(A + ODR, 4, 4)  # its level is free
    assert chip.machine.access(A + ODR, 4) == 4
    chip.machine.access(A + LCKR, 4, 1)
    assert chip.machine.access(A + LCKR, 4) == key | 4


@pytest.mark.parametrize("words", [(0x10004, 4), (0x10004, 4, 4), (0x10004, 5, 0x10004), (0x10004, 0x10004, 4)])
def test_a_wrong_lock_sequence_locks_nothing(chip: Chip, words: tuple[int, ...]) -> None:
    assert not lock(chip, *words) & 1 << 16
    chip.machine.access(A + MODER, 4, 0)
    assert chip.machine.access(A + MODER, 4) == 0


@pytest.mark.parametrize(("address", "value"), [(A + IDR, 0), (A + OTYPER, 1 << 16), (A + 0x2C, 0), (0x5000_0800, 0)])
def test_what_has_no_register_stops_the_machine(chip: Chip, address: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        chip.machine.access(address, 4, value)
