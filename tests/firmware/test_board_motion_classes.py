"""Motion recognised by the real firmware on the wired board, with a model that a person can follow."""

from itertools import pairwise

import pytest
from poses import FLAT, SHAKEN, UNKNOWN, UPRIGHT, Poses, Still, poses
from recognition import HOP_S, WINDOW_S, answer, console, recognising, told, watched

from firmware.console import Refused

PACKETS = 3
CERTAIN = 65535


def alternating() -> Poses:
    """Another class in each window or two."""
    return poses(*((1.3 * n, (FLAT, UPRIGHT)[n % 2]) for n in range(30)))


def test_the_class_is_in_the_beacons_as_home_assistant_reads_them() -> None:
    board = recognising(poses((0, FLAT), (6, UPRIGHT), (12, SHAKEN), (18, UNKNOWN)))
    board.run(26)
    assert told(board) == [UNKNOWN, FLAT, UPRIGHT, SHAKEN, UNKNOWN]
    assert board.faults == []


def test_all_packets_of_an_event_tell_the_same() -> None:
    board = recognising(alternating(), motion_windows=1, motion_share_percent=0, beacon_interval_ms=100)
    board.run(8)
    heard = board.beacons
    assert len({packet.decoded["count"] for packet in heard}) == 3
    for number in {packet.decoded["packet_id"] for packet in heard}:
        assert len({packet.raw for packet in heard if packet.decoded["packet_id"] == number}) == 1


def test_a_new_class_is_told_soon_though_beacons_are_far_apart() -> None:
    board = recognising(poses((0, FLAT), (20, UPRIGHT)), beacon_interval_ms=60000)
    board.run(30)
    (told_at,) = {round(packet.time_s) for packet in board.beacons if packet.decoded["count"] == UPRIGHT}
    assert 20 + WINDOW_S < told_at < 20 + WINDOW_S + 2 * HOP_S + 2.5
    assert len(board.beacons) <= 5 * PACKETS


def test_changes_are_told_at_most_every_two_seconds() -> None:
    board = recognising(alternating(), motion_windows=1, motion_share_percent=0, beacon_interval_ms=60000)
    board.run(30)
    times = [packet.time_s for packet in board.beacons[::PACKETS] if packet.time_s > 2]  # each setting has one at once
    assert len(times) > 10
    assert min(after - before for before, after in pairwise(times)) > 1.95


def test_the_console_tells_name_and_certainty() -> None:
    board = recognising(Still((0.0, 0.0, 0.75)))
    board.run(5)
    values = answer(board)
    share = int(values.pop("share"))
    assert int(values.pop("window")) > 3
    assert values == {"task": "motion", "name": "FLAT", "class": str(FLAT), "likeliest": str(FLAT)}
    assert share == pytest.approx(0.75 * CERTAIN, abs=8 / 256 * CERTAIN)


@pytest.mark.parametrize(("percent", "expected"), [(60, FLAT), (90, UNKNOWN)])
def test_a_class_below_its_share_is_unknown(percent: int, expected: int) -> None:
    board = recognising(Still((0.3, 0.6, 0.75)), motion_share_percent=percent)
    board.run(6)
    assert int(answer(board)["class"]) == expected
    assert int(answer(board)["likeliest"]) == FLAT


def test_a_new_answer_needs_its_windows_in_a_row() -> None:
    board = recognising(poses((0, FLAT), (9, UPRIGHT)), motion_windows=2, motion_class_windows=0o050)  # UPRIGHT needs 5
    windows = watched(board, 17)
    numbers = [int(window["window"]) for window in windows]
    assert numbers == list(range(1, len(windows) + 1))
    assert [int(window["class"]) for window in windows[:2]] == [UNKNOWN, FLAT]
    first = next(
        n for n, window in enumerate(windows) if int(window["likeliest"]) == UPRIGHT and int(window["share"]) > 0.9 * CERTAIN
    )
    answers = [int(window["class"]) for window in windows]
    changed = answers.index(UPRIGHT)
    assert 3 <= changed - first <= 4  # the fifth; the window before the first may have been sure enough already
    assert set(answers[changed:]) == {UPRIGHT}


def test_only_wanted_classes_are_told() -> None:
    board = recognising(poses((0, UPRIGHT), (8, FLAT)), motion_classes=1 << FLAT - 1)
    board.run(7)
    assert told(board) == [UNKNOWN]
    assert int(answer(board)["likeliest"]) == UPRIGHT
    board.run(7)
    assert told(board) == [UNKNOWN, FLAT]


def test_offsets_are_taken_off() -> None:
    board = recognising(Still((0.0, 0.6, 0.5)), offset_z_mg=-250, rest_after_s=0)
    last = watched(board, 4)[-1]
    assert last["name"] == "FLAT"
    assert int(last["share"]) == pytest.approx(0.75 * CERTAIN, abs=8 / 256 * CERTAIN)
    console(board).request("config", "set", "offset_z_mg", 0)
    assert watched(board, 4)[-1]["name"] == "unknown"


def test_watching_ends() -> None:
    board = recognising(Still((0.0, 0.0, 1.0)), rest_after_s=0)
    console(board).request("watch", 3)
    board.run(10)
    assert board.console.count("window ") in (3, 4)
    console(board).request("watch", 100)
    board.run(3)
    console(board).request("watch", 0)
    seen = board.console.count("window ")
    board.run(5)
    assert board.console.count("window ") == seen


@pytest.mark.parametrize("seconds", ["", "-1", "3601", "x"])
def test_watch_wants_a_time(seconds: str) -> None:
    board = recognising(Still((0.0, 0.0, 1.0)))
    with pytest.raises(Refused, match="arguments"):
        console(board).request("watch", seconds)
