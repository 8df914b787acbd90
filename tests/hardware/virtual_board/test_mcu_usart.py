"""USART1: registers as Puya's header, behaviour as ST RM0008, 27.3 and 27.6."""

import pytest
from chips import CYCLE, Recorder, idle_chip, pass_ticks

from hardware.virtual_board.core.machine import Refused
from hardware.virtual_board.mcu.chip import Chip

USART1 = 0x4001_3800
SR, DR, BRR, CR1, CR2, CR3 = 0x0, 0x4, 0x8, 0xC, 0x10, 0x14
PE, FE, NE, ORE, IDLE, RXNE, TC, TXE = (1 << bit for bit in range(8))
RE, TE, IDLEIE, RXNEIE, TCIE, TXEIE, PS, PCE, M, UE = (1 << bit for bit in (2, 3, 4, 5, 6, 7, 9, 10, 12, 13))
NVIC_ISER, NVIC_ISPR, NVIC_ICPR, SCR = 0xE000_E100, 0xE000_E200, 0xE000_E280, 0xE000_ED10
BIT = 208 * CYCLE  # of 115200 baud
FRAME = 10 * BIT


@pytest.fixture
def outside() -> Recorder:
    return Recorder()


@pytest.fixture
def chip(outside: Recorder) -> Chip:
    """On, at 115200 baud 8N1, after the idle frame that the transmitter begins with."""
    made = idle_chip(outside)
    write(made, BRR, 208)
    write(made, CR1, UE | TE | RE)
    pass_ticks(made.machine, FRAME)
    return made


def write(chip: Chip, register: int, value: int) -> None:
    chip.machine.access(USART1 + register, 4, value)


def read(chip: Chip, register: int) -> int:
    return chip.machine.access(USART1 + register, 4)


def interrupts(chip: Chip) -> bool:
    """At present: what was pending before is forgotten, and stays so unless the line is high."""
    pending = chip.machine.access(NVIC_ISPR, 4) >> 27 & 1
    chip.machine.access(NVIC_ICPR, 4, 1 << 27)
    return bool(pending and chip.machine.access(NVIC_ISPR, 4) >> 27 & 1)


def put(chip: Chip, byte: int) -> None:
    read(chip, SR)
    write(chip, DR, byte)


def test_reset_values() -> None:
    chip = idle_chip()
    assert [read(chip, register) for register in (SR, DR, BRR, CR1, CR2, CR3)] == [TXE | TC, 0, 0, 0, 0, 0]


def test_a_byte_takes_ten_bits(chip: Chip, outside: Recorder) -> None:
    put(chip, 0x41)
    assert read(chip, SR) == TXE  # it went on to the shift register at once
    pass_ticks(chip.machine, FRAME - 1)
    assert (outside.sent_bytes, read(chip, SR)) == ([], TXE)
    pass_ticks(chip.machine, 1)
    assert (outside.sent_bytes, read(chip, SR)) == ([(0x41, BIT)], TXE | TC)


def test_bytes_follow_without_a_gap(chip: Chip, outside: Recorder) -> None:
    put(chip, 1)
    put(chip, 2)
    assert read(chip, SR) == 0
    pass_ticks(chip.machine, FRAME)
    assert (outside.sent_bytes, read(chip, SR)) == ([(1, BIT)], TXE)
    pass_ticks(chip.machine, FRAME)
    assert (outside.sent_bytes, read(chip, SR)) == ([(1, BIT), (2, BIT)], TXE | TC)


def test_a_third_byte_overwrites_the_one_that_waits(chip: Chip, outside: Recorder) -> None:
    for byte in (1, 2, 3):
        put(chip, byte)
    pass_ticks(chip.machine, 3 * FRAME)
    assert [byte for byte, _ in outside.sent_bytes] == [1, 3]


def test_the_transmitter_begins_with_an_idle_frame(outside: Recorder) -> None:
    chip = idle_chip(outside)
    write(chip, BRR, 208)
    write(chip, CR1, UE | TE)
    put(chip, 7)
    pass_ticks(chip.machine, 2 * FRAME - 1)
    assert outside.sent_bytes == []
    pass_ticks(chip.machine, 1)
    assert outside.sent_bytes == [(7, BIT)]


def test_tc_clears_by_reading_sr_then_writing_dr_or_by_writing_zero(chip: Chip) -> None:
    write(chip, DR, 1)  # SR was not read
    assert read(chip, SR) & TC
    write(chip, SR, ~TC & 0x3FF)
    assert not read(chip, SR) & TC


@pytest.mark.parametrize(("stop", "half_bits"), [(0, 20), (1, 19), (2, 22), (3, 21)])
def test_stop_bits(chip: Chip, outside: Recorder, stop: int, half_bits: int) -> None:
    write(chip, CR2, stop << 12)
    put(chip, 1)
    pass_ticks(chip.machine, half_bits * BIT // 2 - 1)
    assert not outside.sent_bytes
    pass_ticks(chip.machine, 1)
    assert outside.sent_bytes


def test_oversampling_by_eight(chip: Chip, outside: Recorder) -> None:
    write(chip, CR3, 1 << 11)
    write(chip, BRR, 26 << 4 | 4)  # 26.5 times 8
    put(chip, 1)
    pass_ticks(chip.machine, 30 * BIT)
    assert outside.sent_bytes == [(1, 212 * CYCLE)]


def test_even_parity_makes_the_frame_longer_and_stands_in_dr(chip: Chip, outside: Recorder) -> None:
    write(chip, CR1, UE | TE | RE | M | PCE)
    put(chip, 0x1FF)
    pass_ticks(chip.machine, 11 * BIT - 1)
    assert not outside.sent_bytes
    pass_ticks(chip.machine, 1)
    assert outside.sent_bytes == [(0xFF, BIT)]
    chip.receive(0x7F, BIT)
    assert read(chip, DR) == 0x17F
    write(chip, CR1, UE | TE | RE | M | PCE | PS)
    chip.receive(0x7F, BIT)
    assert read(chip, DR) == 0x7F


def test_receive(chip: Chip) -> None:
    chip.receive(0xA5, BIT)
    assert read(chip, SR) == TXE | TC | RXNE
    assert read(chip, DR) == 0xA5
    assert read(chip, SR) == TXE | TC


def test_overrun_keeps_the_first_byte(chip: Chip) -> None:
    chip.receive(1, BIT)
    chip.receive(2, BIT)
    assert read(chip, SR) & (ORE | RXNE) == ORE | RXNE
    assert read(chip, DR) == 1
    assert not read(chip, SR) & (ORE | RXNE)


def test_errors_stay_unless_sr_was_read_before_dr(chip: Chip) -> None:
    chip.receive(0, BIT, framing_error=True)
    assert read(chip, DR) == 0
    assert read(chip, SR) & (FE | RXNE) == FE
    read(chip, DR)
    assert not read(chip, SR) & FE


@pytest.mark.parametrize("percent", [96, 98, 100, 102, 104])
def test_bits_within_four_percent_are_read(chip: Chip, percent: int) -> None:
    for byte in range(256):
        chip.receive(byte, BIT + int(BIT * (percent - 100) / 100))
        assert not read(chip, SR) & FE
        assert read(chip, DR) == byte


@pytest.mark.parametrize(("percent", "read_as"), [(50, 0xFF), (200, 0b0110_0110), (94, 0x55 | 0x80)])
def test_other_bit_lengths_are_read_where_this_receiver_samples(chip: Chip, percent: int, read_as: int) -> None:
    """0x55: the line has start 0, then 1 0 1 0 1 0 1 0, then 1."""
    chip.receive(0x55, BIT * percent // 100)
    assert read(chip, SR) & FE
    assert read(chip, DR) == read_as


@pytest.mark.parametrize("control", [UE | TE, RE | TE])
def test_without_receiver_a_byte_is_lost(chip: Chip, control: int) -> None:
    write(chip, CR1, control)
    chip.receive(1, BIT)
    assert not read(chip, SR) & RXNE


def test_idle_after_silence_only(chip: Chip) -> None:
    for _ in range(3):
        chip.receive(1, BIT)
        read(chip, SR)
        read(chip, DR)
        pass_ticks(chip.machine, 2 * FRAME - 1)  # as late as a byte may come that began within a frame
        assert not read(chip, SR) & IDLE
    pass_ticks(chip.machine, 1)
    assert read(chip, SR) & IDLE
    read(chip, DR)
    assert not read(chip, SR) & IDLE
    pass_ticks(chip.machine, 5 * FRAME)
    assert not read(chip, SR) & IDLE  # once


def test_receive_interrupt(chip: Chip) -> None:
    write(chip, CR1, UE | RE | RXNEIE)
    assert not interrupts(chip)
    chip.receive(1, BIT)
    assert interrupts(chip)
    read(chip, DR)
    assert not interrupts(chip)


def test_transmit_interrupts(chip: Chip) -> None:
    put(chip, 1)
    put(chip, 2)
    write(chip, CR1, UE | TE | TXEIE)
    assert not interrupts(chip)
    pass_ticks(chip.machine, FRAME)
    assert interrupts(chip)
    write(chip, CR1, UE | TE | TCIE)
    assert not interrupts(chip)
    pass_ticks(chip.machine, FRAME)
    assert interrupts(chip)


def test_idle_interrupt(chip: Chip) -> None:
    write(chip, CR1, UE | RE | IDLEIE)
    chip.receive(1, BIT)
    assert not interrupts(chip)
    pass_ticks(chip.machine, 2 * FRAME)
    assert interrupts(chip)


def test_reset_ends_all(chip: Chip, outside: Recorder) -> None:
    put(chip, 1)
    chip.machine.reset()
    pass_ticks(chip.machine, 5 * FRAME)
    assert outside.sent_bytes == []


def test_in_stop_a_frame_stands_still_and_nothing_is_received(outside: Recorder) -> None:
    chip = idle_chip(outside)
    write(chip, BRR, 208)
    write(chip, CR1, UE | TE | RE)
    put(chip, 0x55)
    chip.machine.access(SCR, 4, 4)  # SLEEPDEEP
    chip.machine.access(NVIC_ISER, 4, 1)
    pass_ticks(chip.machine, 10 * FRAME)
    assert chip.mode.name.startswith("STOP")
    chip.receive(1, BIT)
    assert outside.sent_bytes == []
    chip.machine.set_irq(0, True)
    pass_ticks(chip.machine, BIT)
    chip.machine.access(SCR, 4, 0)
    pass_ticks(chip.machine, FRAME)
    assert outside.sent_bytes == []
    pass_ticks(chip.machine, FRAME)
    assert outside.sent_bytes == [(0x55, BIT)]
    assert not read(chip, SR) & RXNE


@pytest.mark.parametrize(
    ("register", "value"),
    [(CR1, 1), (CR1, 2), (CR3, 1 << 6), (CR3, 1 << 7), (CR3, 1 << 12), (SR, 1 << 12), (CR2, 1 << 11), (0x18, 0)],
)
def test_what_has_no_model_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        write(chip, register, value)


def test_sending_without_a_baud_rate_stops_the_machine(chip: Chip) -> None:
    write(chip, BRR, 0)
    with pytest.raises(Refused, match="UNMODELLED"):
        write(chip, DR, 1)
