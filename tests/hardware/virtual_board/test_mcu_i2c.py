"""I2C1 as master: registers as Puya's header; the ways to receive as ST AN2824 gives them."""

from dataclasses import dataclass, field

import pytest
from chips import CYCLE, Recorder, idle_chip, pass_ticks

from hardware.virtual_board.core.machine import Refused
from hardware.virtual_board.mcu.chip import Chip

I2C = 0x4000_5400
CR1, CR2, OAR1, DR, SR1, SR2, CCR, TRISE = 0x0, 0x4, 0x8, 0x10, 0x14, 0x18, 0x1C, 0x20
PE, START, STOP, ACK, POS, SWRST = (1 << bit for bit in (0, 8, 9, 10, 11, 15))
SB, ADDR, BTF, RXNE, TXE, ARLO, AF = (1 << bit for bit in (0, 1, 2, 6, 7, 9, 10))
MSL, BUSY, TRA = 1, 2, 4
ITERREN, ITEVTEN, ITBUFEN = 1 << 8, 1 << 9, 1 << 10
NVIC_ISPR = 0xE000_E200
BIT = 240 * CYCLE  # 10 us
BYTE = 9 * BIT
APBRSTR1 = 0x4002_102C


@dataclass
class Slave(Recorder):
    """Answers at 0x19: takes all, and gives 1, 2, 3 and so on."""

    log: list[str] = field(default_factory=list)
    lines: int = 3
    refuse_after: int = 1000  # bytes written
    given: int = 0

    def i2c_lines(self) -> int:
        return self.lines

    def i2c_start(self, address: int, read: int) -> bool:
        self.log.append(f"{'read' if read else 'write'} {address:02x}")
        return address == 0x19

    def i2c_write(self, byte: int) -> bool:
        self.log.append(f"{byte:02x}")
        self.refuse_after -= 1
        return self.refuse_after >= 0

    def i2c_read(self) -> int:
        self.given += 1
        self.log.append(f"gives {self.given}")
        return self.given

    def i2c_stop(self) -> None:
        self.log.append("stop")


@pytest.fixture
def slave() -> Slave:
    return Slave()


@pytest.fixture
def chip(slave: Slave) -> Chip:
    """At 100 kHz, enabled."""
    made = idle_chip(slave)
    write(made, CR2, 24)
    write(made, CCR, 120)
    write(made, TRISE, 25)
    write(made, CR1, PE)
    return made


def write(chip: Chip, register: int, value: int) -> None:
    chip.machine.access(I2C + register, 4, value)


def read(chip: Chip, register: int) -> int:
    return chip.machine.access(I2C + register, 4)


def change(chip: Chip, add: int = 0, remove: int = 0) -> None:
    write(chip, CR1, read(chip, CR1) & ~remove | add)


def wait(chip: Chip, flag: int, ticks: int = 3 * BYTE) -> None:
    end = chip.machine.ticks + ticks
    while not read(chip, SR1) & flag:
        assert chip.machine.ticks < end, f"flag {flag:#x} never came"
        pass_ticks(chip.machine, CYCLE * 24)


def start(chip: Chip, address: int) -> None:
    change(chip, add=START)
    wait(chip, SB)
    write(chip, DR, address)


def addressed(chip: Chip, address: int) -> None:
    start(chip, address)
    wait(chip, ADDR)


def stopped(chip: Chip) -> None:
    pass_ticks(chip.machine, 3 * BYTE)
    assert (read(chip, SR1), read(chip, SR2)) == (0, 0)
    assert not read(chip, CR1) & (START | STOP)


def test_reset_values() -> None:
    chip = idle_chip(Slave())
    assert [read(chip, register) for register in (CR1, CR2, OAR1, DR, SR1, SR2, CCR, TRISE)] == [0] * 7 + [2]


def test_start_address_and_bytes_take_their_time(chip: Chip, slave: Slave) -> None:
    write(chip, CR1, PE | START)
    pass_ticks(chip.machine, BIT // 2 - 1)
    assert read(chip, SR1) == 0
    pass_ticks(chip.machine, 1)
    assert (read(chip, SR1), read(chip, SR2), read(chip, CR1)) == (SB, MSL | BUSY, PE)
    write(chip, DR, 0x32)
    pass_ticks(chip.machine, BYTE - 1)
    assert (read(chip, SR1), slave.log) == (0, [])
    pass_ticks(chip.machine, 1)
    assert (read(chip, SR1), slave.log) == (ADDR, ["write 19"])
    assert read(chip, SR2) == MSL | BUSY | TRA
    assert read(chip, SR1) == TXE
    write(chip, DR, 0xAB)
    assert read(chip, SR1) == TXE  # it went on to the shift register
    pass_ticks(chip.machine, BYTE - 1)
    assert slave.log == ["write 19"]
    pass_ticks(chip.machine, 1)
    assert (read(chip, SR1), slave.log) == (TXE | BTF, ["write 19", "ab"])
    change(chip, add=STOP)
    pass_ticks(chip.machine, BIT - 1)
    assert read(chip, SR2) & BUSY
    pass_ticks(chip.machine, 1)
    assert slave.log[-1] == "stop"
    stopped(chip)


@pytest.mark.parametrize(("ccr", "cycles"), [(1 << 15 | 20, 60), (3 << 14 | 3, 75), (60, 120)])
def test_clock_rates(chip: Chip, slave: Slave, ccr: int, cycles: int) -> None:
    write(chip, CR1, 0)
    write(chip, CCR, ccr)
    write(chip, CR1, PE | START)
    wait(chip, SB)
    write(chip, DR, 0x32)
    pass_ticks(chip.machine, 9 * cycles * CYCLE - 1)
    assert not slave.log
    pass_ticks(chip.machine, 1)
    assert slave.log


def test_two_bytes_are_buffered_for_sending(chip: Chip, slave: Slave) -> None:
    addressed(chip, 0x32)
    read(chip, SR2)
    write(chip, DR, 1)
    write(chip, DR, 2)
    assert not read(chip, SR1) & TXE
    pass_ticks(chip.machine, BYTE)
    assert read(chip, SR1) == TXE
    pass_ticks(chip.machine, BYTE)
    assert read(chip, SR1) == TXE | BTF
    assert slave.log == ["write 19", "01", "02"]
    write(chip, DR, 3)
    assert read(chip, SR1) == TXE
    change(chip, add=STOP)  # comes after the byte
    stopped(chip)
    assert slave.log[3:] == ["03", "stop"]


def test_nothing_begins_before_sr2_is_read(chip: Chip, slave: Slave) -> None:
    addressed(chip, 0x33)
    pass_ticks(chip.machine, 5 * BYTE)
    assert (slave.log, read(chip, SR1)) == (["read 19"], ADDR)
    read(chip, SR2)
    assert (slave.log, read(chip, SR1)) == (["read 19", "gives 1"], 0)


def test_sr2_alone_does_not_clear_addr(chip: Chip, slave: Slave) -> None:
    start(chip, 0x33)
    pass_ticks(chip.machine, BYTE)
    read(chip, SR2)
    assert (slave.log, read(chip, SR1)) == (["read 19"], ADDR)


def test_after_a_byte_without_acknowledge_nothing_comes(chip: Chip, slave: Slave) -> None:
    addressed(chip, 0x33)
    read(chip, SR2)
    wait(chip, RXNE)
    assert read(chip, DR) == 1
    pass_ticks(chip.machine, 5 * BYTE)
    assert (slave.given, read(chip, SR1)) == (1, 0)
    change(chip, add=STOP)
    stopped(chip)


def test_receive_one_byte(chip: Chip, slave: Slave) -> None:
    change(chip, add=ACK)
    addressed(chip, 0x33)
    change(chip, remove=ACK)
    read(chip, SR2)
    change(chip, add=STOP)
    wait(chip, RXNE)
    assert read(chip, DR) == 1
    stopped(chip)
    assert slave.log == ["read 19", "gives 1", "stop"]


def test_receive_two_bytes(chip: Chip, slave: Slave) -> None:
    change(chip, add=ACK | POS)
    addressed(chip, 0x33)
    read(chip, SR2)
    change(chip, remove=ACK)
    wait(chip, BTF)
    pass_ticks(chip.machine, 5 * BYTE)  # whatever interrupts do
    change(chip, add=STOP)
    assert [read(chip, DR), read(chip, DR)] == [1, 2]
    stopped(chip)
    assert slave.log == ["read 19", "gives 1", "gives 2", "stop"]


def receive_many(chip: Chip, count: int, late: int) -> list[int]:
    change(chip, add=ACK)
    addressed(chip, 0x33)
    read(chip, SR2)
    received = []
    for _ in range(count - 3):
        wait(chip, RXNE)
        pass_ticks(chip.machine, late)
        received.append(read(chip, DR))
    wait(chip, BTF)
    pass_ticks(chip.machine, late)
    change(chip, remove=ACK)
    received.append(read(chip, DR))
    wait(chip, BTF)
    pass_ticks(chip.machine, late)
    change(chip, add=STOP)
    return [*received, read(chip, DR), read(chip, DR)]


@pytest.mark.parametrize("late", [0, BYTE // 2, 5 * BYTE])
@pytest.mark.parametrize("count", [3, 4, 6, 12])
def test_receive_many_bytes(chip: Chip, slave: Slave, count: int, late: int) -> None:
    numbers = range(1, count + 1)
    assert receive_many(chip, count, late) == [*numbers]
    stopped(chip)
    assert slave.log == ["read 19", *(f"gives {number}" for number in numbers), "stop"]


def test_reception_goes_on_into_the_shift_register_and_no_further(chip: Chip, slave: Slave) -> None:
    change(chip, add=ACK)
    addressed(chip, 0x33)
    read(chip, SR2)
    pass_ticks(chip.machine, BYTE)
    assert (read(chip, SR1), slave.given) == (RXNE, 2)  # the second byte has begun
    pass_ticks(chip.machine, BYTE)
    assert (read(chip, SR1), slave.given) == (RXNE | BTF, 2)
    pass_ticks(chip.machine, 10 * BYTE)
    assert slave.given == 2
    assert read(chip, DR) == 1
    assert (read(chip, SR1), slave.given) == (RXNE, 3)
    assert read(chip, DR) == 2
    assert read(chip, SR1) == 0


def test_ack_cleared_too_late_asks_for_a_byte_too_many(chip: Chip, slave: Slave) -> None:
    change(chip, add=ACK)
    addressed(chip, 0x33)
    read(chip, SR2)
    wait(chip, RXNE)
    change(chip, remove=ACK, add=STOP)
    pass_ticks(chip.machine, 5 * BYTE)
    assert slave.log == ["read 19", "gives 1", "gives 2", "stop"]


def test_repeated_start(chip: Chip, slave: Slave) -> None:
    addressed(chip, 0x32)
    read(chip, SR2)
    write(chip, DR, 0x0F)
    change(chip, add=START | ACK)  # after the byte
    wait(chip, SB)
    assert not read(chip, SR1) & (TXE | BTF)
    write(chip, DR, 0x33)
    wait(chip, ADDR)
    assert not read(chip, SR2) & TRA
    assert slave.log == ["write 19", "0f", "read 19", "gives 1"]


def test_nobody_answers(chip: Chip, slave: Slave) -> None:
    start(chip, 0x20)
    pass_ticks(chip.machine, 2 * BYTE)
    assert read(chip, SR1) == AF
    write(chip, SR1, 0xFFFF & ~AF)
    assert read(chip, SR1) == 0
    assert read(chip, SR2) & BUSY
    change(chip, add=STOP)
    stopped(chip)
    assert slave.log == ["write 10", "stop"]


def test_a_byte_is_refused(chip: Chip, slave: Slave) -> None:
    slave.refuse_after = 1
    addressed(chip, 0x32)
    read(chip, SR2)
    for byte in (1, 2, 3):
        wait(chip, TXE)
        write(chip, DR, byte)
    pass_ticks(chip.machine, 5 * BYTE)
    assert read(chip, SR1) & AF
    assert slave.log == ["write 19", "01", "02"]


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_a_line_that_is_low_keeps_the_bus_busy(chip: Chip, slave: Slave, lines: int) -> None:
    slave.lines = lines
    assert read(chip, SR2) == BUSY
    change(chip, add=START)
    pass_ticks(chip.machine, 100 * BYTE)
    assert (read(chip, SR1), slave.log) == (0, [])
    slave.lines = 3
    wait(chip, SB)


def test_a_start_that_waits_can_be_called_off(chip: Chip, slave: Slave) -> None:
    slave.lines = 1
    change(chip, add=START)
    pass_ticks(chip.machine, 5 * BYTE)
    change(chip, remove=START)
    slave.lines = 3
    pass_ticks(chip.machine, 5 * BYTE)
    assert (read(chip, SR1), read(chip, SR2)) == (0, 0)


def test_no_stop_while_sda_is_low(chip: Chip, slave: Slave) -> None:
    addressed(chip, 0x32)
    read(chip, SR2)
    change(chip, add=STOP)
    slave.lines = 1
    pass_ticks(chip.machine, 5 * BYTE)
    assert (slave.log, read(chip, SR2) & BUSY) == (["write 19"], BUSY)
    slave.lines = 3
    stopped(chip)
    assert slave.log == ["write 19", "stop"]


@pytest.mark.parametrize("way", ["reset bit", "PE", "SWRST"])
def test_ways_to_begin_anew(chip: Chip, slave: Slave, way: str) -> None:
    addressed(chip, 0x33)
    read(chip, SR2)
    if way == "reset bit":
        chip.machine.access(APBRSTR1, 4, 1 << 21)
        chip.machine.access(APBRSTR1, 4, 0)
    elif way == "SWRST":
        write(chip, CR1, SWRST)
        write(chip, CR1, 0)
    else:
        write(chip, CR1, 0)
    assert read(chip, CCR) == (120 if way == "PE" else 0)
    pass_ticks(chip.machine, 5 * BYTE)
    assert (read(chip, SR1), read(chip, SR2), slave.log) == (0, 0, ["read 19", "gives 1"])
    write(chip, CCR, 120)
    write(chip, CR1, PE)
    addressed(chip, 0x32)


def test_scl_held_low_prolongs_a_byte(chip: Chip, slave: Slave) -> None:
    addressed(chip, 0x32)
    read(chip, SR2)
    write(chip, DR, 1)
    slave.lines = 2
    pass_ticks(chip.machine, 20 * BYTE)
    assert slave.log == ["write 19"]
    slave.lines = 3
    pass_ticks(chip.machine, BIT)
    assert slave.log == ["write 19", "01"]


def test_sda_held_low_is_lost_arbitration(chip: Chip, slave: Slave) -> None:
    start(chip, 0x32)
    slave.lines = 1
    pass_ticks(chip.machine, BYTE)
    assert (read(chip, SR1), slave.log) == (ARLO, [])
    assert not read(chip, SR2) & MSL


def test_interrupts(chip: Chip) -> None:
    def pending() -> bool:
        chip.machine.access(0xE000_E280, 4, 1 << 23)
        return bool(chip.machine.access(NVIC_ISPR, 4) >> 23 & 1)

    change(chip, add=START)
    wait(chip, SB)
    assert not pending()
    write(chip, CR2, 24 | ITEVTEN)
    assert pending()
    write(chip, DR, 0x32)
    assert not pending()
    wait(chip, ADDR)
    assert pending()
    read(chip, SR2)
    assert not pending()  # TXE needs ITBUFEN
    write(chip, CR2, 24 | ITEVTEN | ITBUFEN)
    assert pending()
    change(chip, add=STOP)
    pass_ticks(chip.machine, 2 * BIT)
    assert not pending()
    write(chip, CR2, 24 | ITERREN)
    start(chip, 0x20)
    pass_ticks(chip.machine, BYTE)
    assert pending()


@pytest.mark.parametrize(
    ("register", "value"),
    [(CR1, PE | 1 << 5), (CR1, PE | 1 << 7), (CR2, 1 << 11), (OAR1, 1 << 15), (CCR, 120), (CR1, PE | STOP), (0x0C, 0), (0x24, 0)],
)
def test_what_has_no_model_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        write(chip, register, value)
