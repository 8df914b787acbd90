"""A board that nobody moves lets its sensor wait for motion, and takes up recognition again when it comes."""

import pytest
from poses import FLAT, SHAKEN, UPRIGHT, poses
from recognition import HOP_S, WINDOW_S, answer, recognising, told

from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.parts.sc7a20 import Sc7a20

REST_AFTER_S = 5
LOWEST_HZ = 1.5625
LOWEST_UA, RECOGNISING_UA = pytest.approx(3.1, abs=0.1), pytest.approx(9.0)  # parts/sc7a20_current.py


def sensor_ua(board: VirtualBoard, seconds: float) -> float:
    board.restart_average()
    board.run(seconds)
    return board.average_ua()["U2 sampling"]


def test_at_rest_the_sensor_runs_at_its_lowest_rate_and_the_class_stays() -> None:
    board = recognising(poses((0, UPRIGHT)), rest_after_s=REST_AFTER_S)
    assert sensor_ua(board, REST_AFTER_S - 1) == RECOGNISING_UA
    board.run(3)
    assert sensor_ua(board, 20) == LOWEST_UA
    assert told(board, since_s=10) == [UPRIGHT]
    assert board.faults == []


def test_motion_wakes_it_and_the_new_class_is_told() -> None:
    board = recognising(poses((0, FLAT), (20, SHAKEN), (30, UPRIGHT)), rest_after_s=REST_AFTER_S)
    board.run(19.5)
    assert told(board, since_s=5) == [FLAT]
    board.run(30 - 19.5 - 0.2)
    assert told(board, since_s=5) == [FLAT, SHAKEN]
    first = next(packet.time_s for packet in board.beacons if packet.decoded["count"] == SHAKEN)
    assert first < 20 + 2 / LOWEST_HZ + WINDOW_S + 2 * HOP_S + 2.5  # two samples, a window, its row, the next beacon
    board.run(20)
    assert told(board, since_s=5) == [FLAT, SHAKEN, UPRIGHT]
    assert sensor_ua(board, 5) == LOWEST_UA


def test_a_board_that_moves_does_not_rest() -> None:
    board = recognising(poses((0, SHAKEN)), rest_after_s=REST_AFTER_S)
    assert sensor_ua(board, 30) == RECOGNISING_UA


def test_0_seconds_mean_never() -> None:
    board = recognising(poses((0, FLAT)), rest_after_s=0)
    assert sensor_ua(board, 30) == RECOGNISING_UA


def test_motion_below_the_threshold_neither_keeps_it_awake_nor_wakes_it() -> None:
    board = recognising(poses((0, SHAKEN)), rest_after_s=REST_AFTER_S, wake_threshold_mg=1900)
    board.run(8)
    assert sensor_ua(board, 20) == LOWEST_UA
    assert answer(board)["name"] == "SHAKEN"


def test_a_sensor_that_lost_its_registers_at_rest_is_set_up_again() -> None:
    board = recognising(poses((0, FLAT), (40, UPRIGHT)), rest_after_s=REST_AFTER_S)
    board.run(12)
    sensor = board._assembly.devices["U2"]
    assert isinstance(sensor, Sc7a20)
    sensor._forget()
    board.run(43 - 12)
    assert told(board, since_s=5) == [FLAT]
    board.run(5)
    assert told(board, since_s=5) == [FLAT, UPRIGHT]
    assert "fault " not in board.console
