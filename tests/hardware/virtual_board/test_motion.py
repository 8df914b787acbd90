import itertools
import math
from pathlib import Path

import pytest

from hardware.errors import InputError
from hardware.virtual_board.motion import Replay, Rest, Tap, Tilt, Walking, parse
from hardware.virtual_board.ticks import from_seconds


def test_rest_is_one_g_in_any_orientation() -> None:
    assert Rest().acceleration_g(0) == (0, 0, 1)
    assert Rest((0, -3, 4)).acceleration_g(10**12) == pytest.approx((0, -0.6, 0.8))


def test_tilt_turns_gravity_from_z_to_y() -> None:
    tilt = Tilt(degrees_per_second=30)
    assert tilt.acceleration_g(from_seconds(1)) == pytest.approx((0, 0.5, math.sqrt(3) / 2))
    assert tilt.acceleration_g(from_seconds(3)) == pytest.approx((0, 1, 0))


def test_walking_has_two_steps_a_second_and_one_g_on_average() -> None:
    up = [Walking().acceleration_g(from_seconds(i / 100))[2] for i in range(1000)]
    assert sum(up) / len(up) == pytest.approx(1, abs=0.01)
    assert 0.2 < max(up) - 1 < 0.6
    rising = sum(a < 1 <= b for a, b in itertools.pairwise(up))
    assert rising == pytest.approx(20, abs=1)
    side = [Walking().acceleration_g(from_seconds(i / 100))[1] for i in range(1000)]
    assert sum(a < 0 <= b for a, b in itertools.pairwise(side)) == pytest.approx(10, abs=1)  # left and right foot


def test_walking_is_smooth_irregular_and_repeatable() -> None:
    times = [from_seconds(i / 1000) for i in range(4000)]
    path = [Walking(seed=3).acceleration_g(now) for now in times]
    assert path == [Walking(seed=3).acceleration_g(now) for now in times]
    assert max(math.dist(a, b) for a, b in itertools.pairwise(path)) < 0.02
    assert path[125] != path[625] != path[1125]
    assert path != [Walking(seed=4).acceleration_g(now) for now in times]


def test_tap_lasts_as_long_as_it_says() -> None:
    tap = Tap(at=1000, duration=200, peak_g=(2, 0, -1))
    assert tap.acceleration_g(999) == (0, 0, 1)
    assert tap.acceleration_g(1100) == pytest.approx((2, 0, 0))
    assert tap.acceleration_g(1200) == (0, 0, 1)


def test_replay_draws_straight_lines_and_keeps_the_last() -> None:
    replay = Replay(((0, 0, 1), (1, 0, 1), (1, 4, -1)), rate_hz=50)
    assert replay.acceleration_g(0) == (0, 0, 1)
    assert replay.acceleration_g(from_seconds(0.025)) == pytest.approx((1, 1, 0.5))
    assert replay.acceleration_g(from_seconds(9)) == (1, 4, -1)


def test_names_for_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "walk@home.csv"
    path.write_text("0,0,1\n\n0.5,0,1\n")
    assert parse("rest") == Rest()
    assert parse("walking") == Walking()
    assert parse(f"file:{path}@25") == Replay(((0, 0, 1), (0.5, 0, 1)), 25)


def test_a_file_may_begin_with_the_names_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "recorded.csv"
    path.write_text("x,y,z\n0,0,1\n0.5,0,1\n")
    assert parse(f"file:{path}@25") == Replay(((0, 0, 1), (0.5, 0, 1)), 25)
    path.write_text("0,0,1\nx,y,z\n")
    with pytest.raises(InputError, match=r"recorded\.csv:2: 'x,y,z' is not"):
        parse(f"file:{path}@25")


@pytest.mark.parametrize(
    ("content", "suffix", "message"),
    [
        ("0,0,1", "", "rate"),
        ("0,0,1", "@fast", "rate 'fast'"),
        ("0,0,1", "@-5", "rate '-5'"),
        ("", "@50", "empty"),
        ("x,y,z\n", "@50", "empty"),
        ("0,0,1\n1,2\n", "@50", r"walk\.csv:2: '1,2' is not x,y,z"),
        ("0,0,nan", "@50", r"walk\.csv:1:.*not finite"),
    ],
)
def test_bad_files_are_told(tmp_path: Path, content: str, suffix: str, message: str) -> None:
    path = tmp_path / "walk.csv"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        parse(f"file:{path}{suffix}")


def test_unknown_names_are_told() -> None:
    with pytest.raises(InputError, match="give rest, walking or file"):
        parse("dancing")
    with pytest.raises(InputError, match="cannot be read"):
        parse("file:nowhere.csv@50")
