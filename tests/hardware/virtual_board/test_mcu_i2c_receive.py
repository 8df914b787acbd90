"""I2C1 as master: the ways to receive as ST AN2824 gives them."""

import pytest
from chips import pass_ticks
from i2c_master import ACK, BTF, BYTE, DR, POS, RXNE, SR1, SR2, STOP, Slave, addressed, change, enabled, read, stopped, wait

from hardware.virtual_board.mcu.chip import Chip


@pytest.fixture
def slave() -> Slave:
    return Slave()


@pytest.fixture
def chip(slave: Slave) -> Chip:
    return enabled(slave)


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
