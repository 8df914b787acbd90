"""Outputs that a short joins to the supply or to ground take a current whenever they drive the other way."""

import pytest
from faults import reconnect

from hardware import netlist
from hardware.netlist import Netlist, Terminal
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.device import Drive
from hardware.virtual_board.held_outputs import HeldOutput, held_outputs

BOARD = netlist.read()
NOTHING = bytes.fromhex("00100020 09000008 fee7")  # vectors, then `b .`
INT2 = Terminal("U2", "6")
INT2_OHM = 0.1 * 1.71 / 1.5e-3  # its output level at the lowest supply


def held_ua(board: Netlist) -> dict[str, float]:
    """By cause. The program does nothing: the accelerometer drives both interrupt pins low."""
    running = VirtualBoard(board, NOTHING)
    running.run(0.01)
    return {cause: ua for cause, ua in running.average_ua().items() if cause.endswith("held")}


def test_a_whole_board_holds_no_output() -> None:
    assert held_outputs(BOARD) == ()


def test_an_output_on_the_supply_draws_while_it_is_low_and_one_on_ground_while_it_is_high() -> None:
    assert held_outputs(reconnect(BOARD, "U2", "INT2", "VBAT")) == (HeldOutput(INT2, Drive.LOW, pytest.approx(INT2_OHM)),)
    assert held_outputs(reconnect(BOARD, "U2", "INT2", "GND")) == (HeldOutput(INT2, Drive.HIGH, pytest.approx(INT2_OHM)),)


def test_a_pin_of_the_microcontroller_has_the_resistance_that_the_datasheet_gives() -> None:
    (found,) = held_outputs(reconnect(BOARD, "U1", "PA12", "GND"))
    assert (found.terminal, found.ohm) == (Terminal("U1", "8"), 50)


def test_only_a_pin_that_drives_the_other_way_draws() -> None:
    assert held_ua(reconnect(BOARD, "U2", "INT2", "VBAT")) == {"U2.6 held": pytest.approx(3.0 / INT2_OHM * 1e6)}
    assert held_ua(reconnect(BOARD, "U2", "INT2", "GND")) == {}
