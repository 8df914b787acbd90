"""Recognition goes on where the sensor, its line or its time fail, and does not tell what it cannot know."""

from boards import circuit, lifted
from poses import FLAT, UNKNOWN, UPRIGHT, poses
from recognition import answer, console, recognising, told, watched
from symptoms import reported
from test_board_faults import rewire_supply

from firmware.stream import record
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.parts.coin_cell import FRESH
from hardware.virtual_board.parts.sc7a20 import Sc7a20


def sensor(board: VirtualBoard) -> Sc7a20:
    found = board._assembly.devices["U2"]
    assert isinstance(found, Sc7a20)
    return found


def faults(board: VirtualBoard) -> list[str]:
    return [line.text for line in reported(board)]


def numbers(windows: list[dict[str, str]]) -> list[int]:
    return [int(window["window"]) for window in windows]


def test_after_an_overrun_the_windows_begin_anew_and_the_answer_stays() -> None:
    board = recognising(poses((0, FLAT)), rest_after_s=0)
    before = watched(board, 6)
    sensor(board).rate_error = 400.0  # full in 2 ms, before anybody can read it
    board.run(0.1)
    sensor(board).rate_error = 0.0
    after = watched(board, 6)
    assert numbers(before) == list(range(1, len(before) + 1))
    begun = numbers(after).index(1)
    assert begun <= 1
    assert numbers(after[begun:]) == list(range(1, len(after) - begun + 1))
    assert len(after) > 5
    assert {window["name"] for window in after} == {"FLAT"}
    assert faults(board) == []


def test_a_dead_interrupt_line_is_told_and_the_fifo_is_polled() -> None:
    board = recognising(poses((0, FLAT), (7, UPRIGHT)), lifted("U2", "INT1"), rest_after_s=0)
    windows = watched(board, 12)
    assert faults(board) == ["interrupt_line=mismatch"]
    assert numbers(windows) == list(range(1, 18))  # none lost in 12 s
    assert told(board) == [UNKNOWN, FLAT, UPRIGHT]


def test_with_a_dead_interrupt_line_rest_ends_when_the_sensor_is_asked() -> None:
    board = recognising(poses((0, FLAT), (20, UPRIGHT)), lifted("U2", "INT1"), rest_after_s=5)
    board.run(36)
    assert told(board) == [UNKNOWN, FLAT, UPRIGHT]


def test_without_a_sensor_the_class_is_unknown_until_it_is_back() -> None:
    board = recognising(poses((0, FLAT)), rest_after_s=0)
    board.run(4)
    assert told(board)[-1] == FLAT
    rewire_supply(board, lifted("U2", "VDD"))
    board.run(6)
    assert faults(board) == ["accelerometer=no-answer"]
    assert told(board)[-1] == UNKNOWN
    rewire_supply(board, circuit())
    board.run(16)
    assert faults(board) == ["accelerometer=no-answer", "accelerometer=ok"]
    assert told(board)[-1] == FLAT


def test_without_a_sensor_at_rest_the_class_is_unknown() -> None:
    board = recognising(poses((0, FLAT)), rest_after_s=3)
    board.run(7)
    rewire_supply(board, lifted("U2", "VDD"))
    board.run(15)
    assert faults(board) == ["accelerometer=no-answer"]
    assert told(board) == [UNKNOWN, FLAT, UNKNOWN]


def test_a_sensor_that_lost_its_registers_is_set_up_again() -> None:
    board = recognising(poses((0, FLAT), (8, UPRIGHT)), rest_after_s=0)
    board.run(5)
    sensor(board)._forget()
    board.run(9)
    assert told(board) == [UNKNOWN, FLAT, UPRIGHT]
    assert faults(board) == []


def test_tests_and_streams_use_the_sensor_and_give_it_back() -> None:
    board = recognising(poses((0, FLAT)), rest_after_s=0)
    board.run(3)
    assert console(board).request("test", "axes").values["z_mg"] in ("999", "1000", "1001")
    assert console(board).request("test", "interrupt").values == {"low": "0", "high": "1", "edges": "1"}
    recording = record(console(board), "motion", 2)
    assert recording.whole
    windows = watched(board, 4)
    assert numbers(windows) == list(range(1, len(windows) + 1))
    assert len(windows) >= 3
    assert answer(board)["name"] == "FLAT"


def test_a_low_supply_ends_recognition_until_it_has_recovered() -> None:
    board = recognising(poses((0, FLAT), (8, UPRIGHT)), rest_after_s=0)
    board.run(5)
    board.exchange_cell(Cell(1.95, 5))
    board.run(5)
    board.restart_average()
    board.run(3)
    assert "U2 sampling" not in board.average_ua()
    board.exchange_cell(FRESH)
    board.run(8)
    assert told(board)[-1] == UPRIGHT
    assert faults(board) == ["supply=too-low", "supply=ok"]
