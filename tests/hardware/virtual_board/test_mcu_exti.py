"""Interrupt and event lines: registers as Puya's header, behaviour as ST RM0091, 11.2."""

import pytest
from chips import clock_peripherals, idle_chip
from programs import assemble

from hardware.virtual_board.core.machine import FLASH, RAM, Refused, StopReason
from hardware.virtual_board.mcu.chip import Chip

EXTI = 0x4002_1800
RTSR, FTSR, SWIER, PR, EXTICR1, EXTICR2, EXTICR3, IMR, EMR = 0x0, 0x4, 0x8, 0xC, 0x60, 0x64, 0x68, 0x80, 0x84
NVIC_ISPR = 0xE000_E200
A, B, F = range(3)


@pytest.fixture
def chip() -> Chip:
    made = idle_chip()
    for base in (0x5000_0000, 0x5000_0400, 0x5000_1400):
        made.machine.access(base, 4, 0)  # all pins inputs
    return made


def write(chip: Chip, register: int, value: int) -> None:
    chip.machine.access(EXTI + register, 4, value)


def read(chip: Chip, register: int) -> int:
    return chip.machine.access(EXTI + register, 4)


def pulse(chip: Chip, port: int, bit: int) -> None:
    chip.set_pin(port, bit, True)
    chip.set_pin(port, bit, False)


def test_reset_values(chip: Chip) -> None:
    assert [read(chip, r) for r in (RTSR, FTSR, SWIER, PR, EXTICR1, EXTICR2, EXTICR3, IMR, EMR)] == [0] * 7 + [0xFFF8_0000, 0]


def test_edges_by_choice(chip: Chip) -> None:
    write(chip, IMR, 0x7)
    write(chip, RTSR, 0b101)
    write(chip, FTSR, 0b110)
    for bit in range(3):
        chip.set_pin(A, bit, True)
    assert read(chip, PR) == 0b101
    write(chip, PR, 0b001)
    assert read(chip, PR) == 0b100
    write(chip, PR, 0b100)
    for bit in range(3):
        chip.set_pin(A, bit, False)
    assert read(chip, PR) == 0b110


def test_a_masked_line_does_not_become_pending(chip: Chip) -> None:
    write(chip, RTSR, 1)
    pulse(chip, A, 0)
    write(chip, IMR, 1)
    assert read(chip, PR) == 0


@pytest.mark.parametrize(("line", "irq"), [(0, 5), (1, 5), (2, 6), (3, 6), (4, 7), (15, 7)])
def test_interrupts_by_groups(chip: Chip, line: int, irq: int) -> None:
    write(chip, IMR, 1 << line)
    write(chip, RTSR, 1 << line)
    pulse(chip, A, line)
    assert chip.machine.access(NVIC_ISPR, 4) == 1 << irq


def test_the_line_follows_the_chosen_port_only(chip: Chip) -> None:
    write(chip, IMR, 1 << 6 | 1 << 1)
    write(chip, RTSR, 1 << 6 | 1 << 1)
    write(chip, EXTICR1, F << 8)
    write(chip, EXTICR2, B << 16)
    pulse(chip, A, 6)
    pulse(chip, B, 1)
    assert read(chip, PR) == 0
    pulse(chip, B, 6)
    pulse(chip, F, 1)
    assert read(chip, PR) == 1 << 6 | 1 << 1


def test_choosing_a_port_whose_pin_is_high_is_an_edge(chip: Chip) -> None:
    write(chip, IMR, 1)
    write(chip, RTSR, 1)
    chip.set_pin(B, 0, True)
    write(chip, EXTICR1, B)
    assert read(chip, PR) == 1


def test_an_analog_pin_is_low(chip: Chip) -> None:
    write(chip, IMR, 1)
    write(chip, RTSR, 1)
    chip.machine.access(0x5000_0000, 4, 3)
    pulse(chip, A, 0)
    chip.set_pin(A, 0, True)
    assert read(chip, PR) == 0
    chip.machine.access(0x5000_0000, 4, 0)
    assert read(chip, PR) == 1


def test_software_request(chip: Chip) -> None:
    write(chip, IMR, 1 << 9)
    write(chip, SWIER, 1 << 9)
    assert (read(chip, PR), read(chip, SWIER)) == (1 << 9, 1 << 9)
    write(chip, PR, 1 << 9)
    assert (read(chip, PR), read(chip, SWIER)) == (0, 0)


@pytest.mark.parametrize(("emr", "woken"), [(1, True), (0, False)])
def test_an_event_ends_wfe(chip: Chip, emr: int, woken: bool) -> None:
    chip.machine.load(FLASH, assemble("reset: ldr r0, =0x20000000\nmovs r1, #1\nwfe\nstr r1, [r0]\nidle: b idle"))
    chip.machine.reset()
    clock_peripherals(chip.machine)
    chip.machine.access(0x5000_0000, 4, 0)
    write(chip, EMR, emr)
    write(chip, RTSR, 1)
    chip.machine.run(chip.machine.ticks + 64_000)
    assert chip.machine.asleep
    pulse(chip, A, 0)
    assert chip.machine.run(chip.machine.ticks + 64_000) == (StopReason.TIME if woken else StopReason.ASLEEP)
    assert (chip.machine.read_word(RAM) == 1) == woken
    assert read(chip, PR) == 0


def test_reserved_bits_of_the_mask_stay_set(chip: Chip) -> None:
    write(chip, IMR, 0)
    assert read(chip, IMR) == 0xDFF0_0000
    write(chip, IMR, 1 << 29 | 1)
    assert read(chip, IMR) == 0xFFF0_0001


@pytest.mark.parametrize(
    ("register", "value"), [(RTSR, 1 << 17), (IMR, 1 << 16), (EMR, 1 << 18), (EXTICR2, 2 << 8), (EXTICR3, 1 << 8), (0x10, 0)]
)
def test_what_has_no_model_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        write(chip, register, value)
