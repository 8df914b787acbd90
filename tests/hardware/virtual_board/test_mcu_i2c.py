"""I2C1 as master: start, address, sending, clock rates, interrupts and ways to begin anew."""

import pytest
from chips import CYCLE, idle_chip, pass_ticks
from i2c_master import (
    ACK,
    ADDR,
    APBRSTR1,
    BIT,
    BTF,
    BUSY,
    BYTE,
    CCR,
    CR1,
    CR2,
    DR,
    ITBUFEN,
    ITERREN,
    ITEVTEN,
    MSL,
    NVIC_ISPR,
    OAR1,
    PE,
    SB,
    SR1,
    SR2,
    START,
    STOP,
    SWRST,
    TRA,
    TRISE,
    TXE,
    Slave,
    addressed,
    change,
    enabled,
    read,
    start,
    stopped,
    wait,
    write,
)

from hardware.virtual_board.core.machine import Refused
from hardware.virtual_board.mcu.chip import Chip


@pytest.fixture
def slave() -> Slave:
    return Slave()


@pytest.fixture
def chip(slave: Slave) -> Chip:
    return enabled(slave)


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
