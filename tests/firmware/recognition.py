"""Boards that recognise motion with the model by hand, and what they tell of it."""

from itertools import groupby

import images
from boards import new

from firmware.console import Console, parse
from hardware.netlist import Netlist
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import MotionSource

WINDOW_S = 64 / 50
HOP_S = 32 / 50


def recognising(motion: MotionSource, wired: Netlist | None = None, **settings: int) -> VirtualBoard:
    """A board 0.2 s after start, with these settings."""
    board = new(wired, firmware=images.with_model_by_hand(), motion=motion)
    board.run(0.1)
    for key, value in settings.items():
        console(board).request("config", "set", key, value)
    return board


def console(board: VirtualBoard) -> Console:
    port = board.serial()
    port.reset_input_buffer()
    return Console(port)


def watched(board: VirtualBoard, seconds: float) -> list[dict[str, str]]:
    """The windows of the next seconds, as `watch` tells them."""
    console(board).request("watch", round(seconds) + 1)
    begun = len(board.console)
    board.run(seconds)
    return [parse(line.encode()).values for line in board.console[begun:].splitlines() if line.startswith("window ")]


def told(board: VirtualBoard, since_s: float = 0.0) -> list[int]:
    """The classes of motion in the beacons that were heard, each run of the same once. With those of sound, they come first."""
    heard = (b.decoded for b in board.beacons if b.time_s >= since_s)
    return [int(str(value)) for value, _ in groupby(one["count" if "count" in one else "count_1"] for one in heard)]


def answer(board: VirtualBoard) -> dict[str, str]:
    """Of motion."""
    line, *_ = console(board).request("class").lines
    return line.values
