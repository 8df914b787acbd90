"""The board from the moment that its cell goes in, and what the pads for reset and boot do then."""

import pytest
from faults import exchange, reconnect, remove

from hardware import netlist
from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard

BOARD = netlist.read()
COUNTS = bytes.fromhex("00100020 09000008 0130 fde7")  # vectors, then `adds r0, #1; b .-2`


@pytest.mark.parametrize(
    "wired",
    [
        remove(BOARD, "BT1"),
        exchange(BOARD, "BT1", "+", "-"),
        reconnect(BOARD, "U1", "VCC", None),
        reconnect(BOARD, "U1", "VSS", None),
    ],
    ids=["no cell", "cell turned", "supply pin open", "ground pin open"],
)
def test_without_supply_nothing_runs_whatever_the_pads_do(wired: Netlist) -> None:
    board = VirtualBoard(wired, COUNTS)
    board.run(0.01)
    board.set_reset(True)
    board.run(0.01)
    board.set_reset(False)
    board.run(0.01)
    assert board.chip.machine.instructions == 0
    assert board.faults == []


def test_the_reset_pad_holds_the_chip_and_the_boot_pad_does_not() -> None:
    board = VirtualBoard(BOARD, COUNTS)
    board.set_boot0(False)
    board.run(0.01)
    assert (counted := board.chip.machine.instructions) > 0
    board.set_reset(True)
    board.run(0.01)
    assert board.chip.machine.instructions == counted


def test_with_the_pads_exchanged_the_boot_pad_holds_the_chip() -> None:
    board = VirtualBoard(exchange(BOARD, "J1", "NRST", "BOOT0"), COUNTS)
    board.run(0.01)
    assert (counted := board.chip.machine.instructions) > 0
    board.set_boot0(False)
    board.run(0.01)
    assert board.chip.machine.instructions == counted


def test_a_cell_that_runs_down_stops_the_chip_and_a_better_one_starts_it_anew() -> None:
    board = VirtualBoard(BOARD, COUNTS)
    board.run(0.1)
    board.exchange_cell(Cell(1.5, 20.0))
    board.run(0.1)
    counted = board.chip.machine.instructions
    assert [fault.text.partition(" at ")[0] for fault in board.faults] == ["the supply fell below 1.7 V"]
    board.run(0.1)
    assert board.chip.machine.instructions == counted
    board.exchange_cell(Cell(3.0, 20.0))
    board.run(0.1)
    assert board.chip.machine.instructions > counted


def test_the_chips_own_pulls_hold_reset_and_boot_pins_from_power_up_and_after_a_reset() -> None:
    board = VirtualBoard(BOARD, COUNTS)
    held = {"NRST": "HIGH", "BOOT0": "LOW"}
    assert {net: board.level(net) for net in held} == held
    board.set_reset(True)
    assert {net: board.level(net) for net in held} == {"NRST": "LOW", "BOOT0": "FLOATING"}
    board.set_reset(False)
    assert {net: board.level(net) for net in held} == held
