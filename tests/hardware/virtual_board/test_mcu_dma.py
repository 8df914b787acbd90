"""DMA, fed by the converter: sizes, increments, circles, flags, interrupts, errors."""

import pytest
from chips import Recorder, Registers, idle_chip

from hardware.virtual_board.core.machine import RAM, Machine, Refused

DMA = 0x4002_0000
ISR, IFCR = DMA, DMA + 4
EN, TCIE, HTIE, TEIE, DIR, CIRC, PINC, MINC = (1 << bit for bit in range(8))
MEM2MEM = 1 << 14
GIF, TCIF, HTIF, TEIF = 1, 2, 4, 8
CFGR3 = 0x4001_001C
ADC_CR, ADC_CFGR1, ADC_CHSELR, ADC_DR, ADC_ISR = 0x4001_2408, 0x4001_240C, 0x4001_2428, 0x4001_2440, 0x4001_2400
PENDING = 0xE000_E200
AHBRSTR = 0x4002_1028
BUFFER = RAM + 0x100


class Counter(Recorder):
    """Each conversion gives the next number, from 0x101 on."""

    def convert(self, channel: int) -> int:
        super().convert(channel)
        return 0x100 + len(self.converted)


class Dma(Registers):
    def __init__(self, machine: Machine, channel: int = 1) -> None:
        super().__init__(machine)
        base = DMA + 8 + 0x14 * (channel - 1)
        self.ccr, self.cndtr, self.cpar, self.cmar = (base + at for at in (0, 4, 8, 0xC))
        self[CFGR3] = 0x1F1F1F & ~(0x1F << 8 * (channel - 1))
        self[ADC_CHSELR] = 1
        self[ADC_CFGR1] = 3 | 1 << 12  # DMA, circular; overwrite
        self[ADC_CR] = 1
        self.cycles(100)

    def open(self, control: int, count: int = 8, memory: int = BUFFER, peripheral: int = ADC_DR) -> None:
        self[self.cpar], self[self.cmar], self[self.cndtr] = peripheral, memory, count
        self[self.ccr] = control | EN

    def convert(self, times: int = 1) -> None:
        for _ in range(times):
            self[ADC_CR] = 5
            self.cycles(100)

    def words(self, count: int) -> list[int]:
        data = self.machine.read(BUFFER, 2 * count)
        return [int.from_bytes(data[i : i + 2], "little") for i in range(0, len(data), 2)]


HALFWORDS = 1 << 8 | 1 << 10


@pytest.fixture
def machine() -> Machine:
    made = idle_chip(Counter()).machine
    made.load(BUFFER, bytes(64))
    return made


@pytest.fixture
def dma(machine: Machine) -> Dma:
    return Dma(machine)


def test_values_go_to_memory_one_after_the_other(dma: Dma) -> None:
    dma.open(MINC | HALFWORDS)
    dma.convert(3)
    assert dma.words(4) == [0x101, 0x102, 0x103, 0]
    assert dma[dma.cndtr] == 5
    assert dma[ISR] == 0
    assert not dma[ADC_ISR] & 4  # reading the data register took the flag


def test_half_and_full_are_flagged_and_it_ends(dma: Dma) -> None:
    dma.open(MINC | HALFWORDS)
    dma.convert(4)
    assert dma[ISR] == GIF | HTIF
    dma[IFCR] = HTIF
    dma.convert(4)
    assert dma[ISR] == GIF | TCIF
    dma.convert(2)
    assert dma.words(9) == [*range(0x101, 0x109), 0]
    assert dma[dma.cndtr] == 0
    dma[IFCR] = GIF
    assert dma[ISR] == 0


def test_a_circle_begins_again(dma: Dma) -> None:
    dma.open(MINC | HALFWORDS | CIRC, count=4)
    dma.convert(5)
    assert dma.words(5) == [0x105, 0x102, 0x103, 0x104, 0]
    assert dma[dma.cndtr] == 3
    assert dma[ISR] == GIF | HTIF | TCIF


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [(0 << 8 | 0 << 10, "0102030400000000"), (1 << 8 | 2 << 10, "0101000002010000"), (1 << 8 | 0 << 10, "0102030400000000")],
)
def test_sizes_differ_and_memory_steps_by_its_own(dma: Dma, sizes: int, expected: str) -> None:
    if not sizes & 3 << 8:
        dma[dma.ccr] = 0
        dma.open(MINC | sizes, peripheral=RAM + 0x80)
        dma.machine.load(RAM + 0x80, b"\x01")
        for value in (1, 2, 3, 4):
            dma.machine.load(RAM + 0x80, bytes([value]))
            dma.convert()
    else:
        dma.open(MINC | sizes)
        dma.convert(4)
    assert dma.machine.read(BUFFER, 8).hex() == expected


def test_peripheral_addresses_step_when_asked_to(dma: Dma) -> None:
    dma.machine.load(RAM + 0x80, bytes(range(1, 9)))
    dma.open(MINC | PINC | HALFWORDS, peripheral=RAM + 0x80)
    dma.convert(2)
    assert dma.words(3) == [0x0201, 0x0403, 0]


def test_memory_goes_to_the_peripheral(dma: Dma) -> None:
    dma.machine.load(BUFFER, bytes(range(1, 9)))
    dma.open(MINC | DIR | HALFWORDS, peripheral=RAM + 0x80)
    dma.convert(2)
    assert dma.machine.read(RAM + 0x80, 2) == b"\x03\x04"


@pytest.mark.parametrize(("channel", "line"), [(1, 9), (2, 10), (3, 10)])
def test_each_channel_has_its_flags_and_interrupt(machine: Machine, channel: int, line: int) -> None:
    dma = Dma(machine, channel)
    dma.open(MINC | HALFWORDS, count=2)
    dma.convert(1)
    assert dma[ISR] == (GIF | HTIF) << 4 * (channel - 1)
    assert dma[PENDING] & 0x600 == 0
    dma[dma.ccr] = dma[dma.ccr] | HTIE
    assert dma[PENDING] & 0x600 == 1 << line
    assert dma.words(1) == [0x101]


def test_its_reset_lowers_the_interrupt_line(dma: Dma) -> None:
    dma.open(MINC | HALFWORDS | TCIE, count=1)
    dma.convert()
    assert dma.interrupts(9)
    dma[AHBRSTR] = 1
    assert not dma.interrupts(9)


@pytest.mark.parametrize(("memory", "peripheral"), [(RAM + 0x1000, ADC_DR), (BUFFER, 0x6000_0000), (BUFFER, 0x5000_0010)])
def test_an_address_where_nothing_is_ends_in_an_error(dma: Dma, memory: int, peripheral: int) -> None:
    dma.open(MINC | HALFWORDS | TEIE, memory=memory, peripheral=peripheral)
    dma.convert()
    assert dma[ISR] == GIF | TEIF
    assert not dma[dma.ccr] & EN
    assert dma[PENDING] >> 9 & 1


def test_a_request_nobody_serves_is_left(dma: Dma) -> None:
    dma[CFGR3] = 0x1F1F1F
    dma.open(MINC | HALFWORDS)
    dma.convert(1)
    assert dma.words(1) == [0]
    assert dma[ADC_ISR] & 4


def test_an_open_channel_is_not_written_to(dma: Dma) -> None:
    dma.open(MINC | HALFWORDS)
    for register in (dma.cndtr, dma.cpar, dma.cmar):
        with pytest.raises(Refused, match="UNMODELLED"):
            dma[register] = 4
    dma[dma.ccr] = 0
    dma[dma.cndtr] = 3
    assert dma[dma.cndtr] == 3


@pytest.mark.parametrize("control", [MEM2MEM, 3 << 8, 3 << 10])
def test_what_the_model_lacks_stops_the_machine(dma: Dma, control: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        dma[dma.ccr] = control
