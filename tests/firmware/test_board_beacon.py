"""The beacons of the real firmware on the wired board, as a receiver nearby hears them."""

from itertools import pairwise

import pytest
from boards import booted, lifted, new, shorted, without

from firmware.console import Console
from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.beacon import Beacon
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.parts.coin_cell import AGED, FRESH

SENT_S = 0.1  # from the cell until the first event is over, or has failed


def events(board: VirtualBoard) -> list[list[Beacon]]:
    """What was heard, three packets a time."""
    heard = board.beacons
    return [heard[i : i + 3] for i in range(0, len(heard), 3)]


def faults(board: VirtualBoard) -> list[str]:
    return [line.split("*")[0].removeprefix("fault ") for line in board.console.splitlines() if line.startswith("fault ")]


def test_each_event_is_the_same_packet_on_three_channels() -> None:
    board = booted()
    board.run(6.5)
    assert len(events(board)) == 4
    for event in events(board):
        assert [packet.channel for packet in event] == [37, 38, 39]
        assert len({packet.raw for packet in event}) == 1
        assert all(5e-3 < after.time_s - before.time_s < 12e-3 for before, after in pairwise(event))
    assert {packet.error for packet in board.beacons} == {""}
    assert board.faults == []


def test_events_are_numbered_and_an_interval_and_a_changing_delay_apart() -> None:
    board = booted()
    board.run(30)
    assert [event[0].decoded["packet_id"] for event in events(board)] == list(range(len(events(board))))
    pauses = [after[0].time_s - before[0].time_s for before, after in pairwise(events(board))]
    assert len(pauses) == 15
    least_s, most_s = 1.998, 2.013  # 2 s and 0 to 10 ms, in the time of the low-speed oscillator
    late_s = 0.004  # if it is due while a batch of samples is read and recognised; the next one is in time again
    assert all(least_s - late_s < pause < most_s + late_s for pause in pauses)
    assert 15 * least_s - late_s < sum(pauses) < 15 * most_s + late_s
    assert len({round(pause, 3) for pause in pauses}) > 4


@pytest.mark.parametrize(("cell", "battery"), [(FRESH, range(80, 101)), (AGED, range(10, 25)), (Cell(2.45, 40), range(4, 8))])
def test_it_tells_the_cells_voltage_and_what_is_left(cell: Cell, battery: range) -> None:
    board = new(cell=cell)
    board.run(4.5)
    told = board.beacons[-1].decoded
    assert told["voltage"] == pytest.approx(cell.volt, abs=1.6e-3 * cell.ohm)  # measured while the chip runs
    assert told["battery"] in battery


def test_an_aged_cell_recovers_between_packets() -> None:
    board = new(cell=AGED)
    lowest = min(packet_supply(board) for _ in range(3))
    assert lowest > 2.3
    assert faults(board) == []


def packet_supply(board: VirtualBoard) -> float:
    """The supply at the end of the next packet."""
    heard = len(board.beacons)
    assert board.run_for(lambda: len(board.beacons) > heard, at_most_s=3, step_s=1e-4)
    return board.supply_v


def test_boards_have_addresses_of_their_own_that_stay() -> None:
    boards = [new(seed=seed) for seed in (1, 2, 1)]
    for board in boards:
        board.run(SENT_S)
    first, other, again = (board.beacons[0].address for board in boards)
    assert first == again != other
    assert all(int(address[:2], 16) >> 6 == 0b11 for address in (first, other))  # static random


def test_interval_and_address_follow_the_settings() -> None:
    board = booted()
    console = Console(board.serial())
    for key, value in {
        "beacon_interval_ms": 500,
        "address_high": 0x123456,
        "address_low": 0x789ABC,
        "address_override": 1,
    }.items():
        console.request("config", "set", key, value)
    heard = len(board.beacons)
    board.run(5)
    mine = board.beacons[heard + 3 :]
    assert {packet.address for packet in mine} == {"D2:34:56:78:9A:BC"}
    assert len(mine) / 3 == pytest.approx(5 / 0.505 - 1, abs=1.5)


@pytest.mark.parametrize(
    ("wired", "fault"),
    [
        pytest.param(without("U3"), "radio=no-answer", id="no radio"),
        pytest.param(lifted("U3", "CSN"), "radio=no-answer", id="select open"),
        pytest.param(lifted("U3", "VDD"), "radio=no-answer", id="supply open"),
        pytest.param(shorted("RF_DATA", "VBAT"), "radio=no-answer", id="data high"),
        pytest.param(shorted("RF_SCK", "GND"), "radio=no-answer", id="clock low"),
        pytest.param(without("Y1"), "radio=timeout", id="no crystal"),
    ],
)
def test_a_silent_radio_is_reported_once_and_the_rest_goes_on(wired: Netlist, fault: str) -> None:
    board = new(wired)
    board.run(20)
    assert faults(board) == [fault]
    assert board.beacons == []
    values = Console(board.serial()).request("info").values
    assert (values["faults"], values["fault_count"], values["reset"]) == (f"{1 << 4:08x}", "1", "power")


def test_a_low_supply_silences_it_until_it_has_recovered() -> None:
    board = booted()
    board.exchange_cell(Cell(1.9, 20))
    board.run(5)
    assert faults(board) == ["supply=too-low"]
    heard = len(board.beacons)
    board.run(20)
    assert len(board.beacons) == heard
    board.exchange_cell(Cell(2.17, 5))  # above low_supply_mv, within the hysteresis
    board.run(20)
    assert len(board.beacons) == heard
    board.exchange_cell(FRESH)
    board.run(10)
    assert faults(board) == ["supply=too-low", "supply=ok"]
    assert len(board.beacons) >= heard + 12
    assert board.beacons[-1].error == ""
    assert Console(board.serial()).request("info").values["reset"] == "power"  # it ran on all the time


def test_a_radio_that_lost_its_registers_sends_again() -> None:
    board = booted()
    board.exchange_cell(Cell(1.9, 20))  # for less than an event: nobody notices but the radio
    board.run(0.5)
    board.exchange_cell(FRESH)
    heard = len(board.beacons)
    board.run(4)
    assert len(board.beacons) == heard + 6
    assert {packet.error for packet in board.beacons} == {""}
    assert faults(board) == []
