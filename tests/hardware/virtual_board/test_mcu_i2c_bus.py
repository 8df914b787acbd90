"""I2C1 as master on a bus where nobody answers, or a line is held low."""

import pytest
from chips import pass_ticks
from i2c_master import (
    AF,
    ARLO,
    BIT,
    BUSY,
    BYTE,
    DR,
    MSL,
    SB,
    SR1,
    SR2,
    START,
    STOP,
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

from hardware.virtual_board.mcu.chip import Chip


@pytest.fixture
def slave() -> Slave:
    return Slave()


@pytest.fixture
def chip(slave: Slave) -> Chip:
    return enabled(slave)


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
