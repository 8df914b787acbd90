"""What the image that make builds draws while it recognises motion, and at rest: the limits of issue 4."""

import pytest
from boards import new

from firmware.console import Console, Refused
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import Rest, Walking

MOVING_UA, AT_REST_UA = 50, 20
MEASURED_S = 40.0


def started(motion: Walking | Rest, beacon_interval_ms: int) -> VirtualBoard:
    """Its sensor at rest by now, if nothing moves."""
    board = new(motion=motion)
    board.run(0.1)
    console = Console(board.serial())
    try:
        console.request("class")
    except Refused:
        pytest.skip("the image has no model: platformio.ini says custom_motion_model = none")
    console.request("config", "set", "beacon_interval_ms", beacon_interval_ms)
    board.run(20)
    board.restart_average()
    board.run(MEASURED_S)
    return board


def test_always_moving_with_a_beacon_every_2_s() -> None:
    board = started(Walking(), 2000)
    assert board.average_ua()["U2 sampling"] > 8
    assert sum(board.average_ua().values()) <= MOVING_UA


def test_at_rest_with_wake_on_motion_and_a_beacon_every_10_s() -> None:
    board = started(Rest(), 10000)
    assert board.average_ua()["U2 sampling"] < 4
    assert sum(board.average_ua().values()) <= AT_REST_UA
