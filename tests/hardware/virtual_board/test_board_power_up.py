"""The board from the moment that its cell goes in, and what the pads for reset and boot do then."""

import pytest
from faults import exchange, reconnect, remove

from hardware import netlist
from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.core.machine import RAM

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


OPTIONS = 0x1FFF_0E80
FLASH_REGISTERS, OPTSTRT, OBL_LAUNCH = 0x4002_2000, 1 << 17, 1 << 27
BROWNOUT_AT_2V3 = bytes.fromhex("aab75548")  # RDP, USER with BOR_EN and level 3, their complements
NO_BROWNOUT = bytes.fromhex("aabe5541")


@pytest.mark.parametrize(("options", "runs"), [(BROWNOUT_AT_2V3, False), (NO_BROWNOUT, True)], ids=["2.3 V", "off"])
def test_the_brown_out_level_of_the_option_bytes_counts(options: bytes, runs: bool) -> None:
    board = VirtualBoard(BOARD, COUNTS)
    board.chip.machine.load(OPTIONS, options)
    board.exchange_cell(Cell(1.5, 20.0))  # the option bytes are read at power on
    board.run(0.1)
    board.exchange_cell(Cell(3.0, 20.0))
    board.run(0.1)
    assert (counted := board.chip.machine.instructions) > 0
    board.exchange_cell(Cell(2.2, 20.0))
    board.run(0.1)
    stopped = board.chip.machine.instructions
    assert stopped > counted  # the capacitor holds the voltage up for a while
    board.run(0.1)
    assert (board.chip.machine.instructions > stopped) == runs
    assert any("fell below 2.3 V" in fault.text for fault in board.faults) != runs


def test_a_brown_out_level_above_the_supply_counts_from_the_reset_that_loads_it() -> None:
    # for ever `ldr r1, [r0]; str r1, [r2]`: what stands in RAM goes to FLASH_CR
    copies = "00100020 09000008 0348 044a 0021 0160 0168 1160 fce7 00bf 00000020 14200240"
    board = VirtualBoard(BOARD, bytes.fromhex(copies), cell=Cell(2.5, 20.0))
    board.run(0.01)
    keys = ((0x08, 0x4567_0123), (0x08, 0xCDEF_89AB), (0x0C, 0x0819_2A3B), (0x0C, 0x4C5D_6E7F))
    level_6 = ((0x20, 0xBDAA), (0x14, OPTSTRT), (0x80, 0xFF))  # 2.9 V; a write to 0x80 starts
    for offset, value in (*keys, *level_6):
        board.chip.machine.access(FLASH_REGISTERS + offset, 4, value)
    board.run(0.05)
    assert board.faults == []
    board.chip.machine.write_word(RAM, OBL_LAUNCH)
    board.run(0.001)
    counted = board.chip.machine.instructions
    board.run(0.1)
    assert board.chip.machine.instructions == counted
    assert [fault.text.partition(" at ")[0] for fault in board.faults] == ["the supply fell below 2.9 V"]


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


@pytest.mark.parametrize("boot0", [False, True], ids=["its program", "its boot ROM"])
def test_a_cell_too_weak_for_the_chip_starts_and_stops_it_by_the_hysteresis_of_its_reset(boot0: bool) -> None:
    """0.7 mA over 2 kohm leave 1.6 V. Recharging 47 uF by 40 mV takes some 3 ms, discharging more."""
    board = VirtualBoard(BOARD, COUNTS, cell=Cell(3.0, 2000.0), boot0=boot0)
    board.run(1.0)
    stops = [fault for fault in board.faults if "the supply fell below 1.7 V" in fault.text]
    assert 10 < len(stops) < 100
    assert 1.69 < board.supply_v < 1.75
