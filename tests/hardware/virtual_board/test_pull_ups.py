"""What pull-up resistors take from the supply while their lines are low."""

import pytest
from faults import remove

from hardware import netlist
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.pull_ups import PullUp, pull_ups
from hardware.virtual_board.wiring import Wiring
from manufacturing.station.coverage.changes import shorted

BOARD = netlist.read()
NOTHING = bytes.fromhex("00100020 09000008 fee7")  # vectors, then `b .`


def drawn_ua(board: netlist.Netlist, seconds: float = 0.01) -> dict[str, float]:
    running = VirtualBoard(board, NOTHING)
    running.run(seconds)
    return {cause: ua for cause, ua in running.average_ua().items() if cause.endswith("pull-up")}


def test_both_lines_of_the_bus_are_pulled_up() -> None:
    assert pull_ups(Wiring(BOARD)) == (PullUp("R2", "I2C_SCL", 4700), PullUp("R3", "I2C_SDA", 4700))
    assert [pull.ref for pull in pull_ups(Wiring(remove(BOARD, "R2")))] == ["R3"]


def test_a_line_that_is_high_takes_nothing() -> None:
    assert drawn_ua(BOARD) == {}


def test_a_line_that_is_low_takes_the_supply_over_its_resistor() -> None:
    grounded = shorted(BOARD, BOARD.nets["I2C_SDA"][0], BOARD.nets["GND"][0])
    assert drawn_ua(grounded) == {"R3 pull-up": pytest.approx(3.0 / 4700 * 1e6, rel=0.02)}
