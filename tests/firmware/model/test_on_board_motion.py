"""Motion played to virtual boards: each window is what this machine makes of the same samples, and a difference is told."""

import shutil
from collections import Counter
from pathlib import Path

import images
import numpy as np
import pytest
from real_windows import real

from firmware import models
from firmware.model import features_motion
from firmware.model.data import motion_sets, sets
from firmware.model.data.recording import Motion, MotionSet
from firmware.model.on_board import activities, drawing, evaluation, image
from firmware.model.on_board.activities import Stretch
from firmware.model.on_board.image import Image

WINDOWS = 6
HOP_S = 0.64


def swaying(seed: int, seconds: float = 12) -> Motion:
    """A board that turns to and fro, unevenly in time; the label says whether x or z points up more."""
    rng = np.random.default_rng(seed)
    time_s = np.cumsum(rng.uniform(0.008, 0.012, round(seconds * 100)))
    time_s -= time_s[0]
    angle = np.cumsum(rng.normal(0, 0.05, len(time_s))) + rng.uniform(0, 1.5)
    x, z = np.abs(np.sin(angle)), np.abs(np.cos(angle))
    label = np.where(x > z, 1, 2)
    samples_g = np.stack((x, np.zeros(len(angle)), z), axis=1)
    return Motion(samples_g, time_s, label, f"{seed}", "1", "", f"sway {seed}")


RECORDINGS = MotionSet("sways", ("SHAKEN", "UPRIGHT", "FLAT"), tuple(map(swaying, range(4))), "")


@pytest.fixture(scope="module")
def by_hand() -> Image:
    return Image(images.with_model_by_hand(), "network", images.BY_HAND)


def figures(chosen: Image, windows: int = WINDOWS, jobs: int = 1) -> dict[str, object]:
    return evaluation.of_motion(chosen, RECORDINGS, windows, jobs)


def test_the_board_says_what_this_machine_says_of_its_samples(by_hand: Image) -> None:
    found = figures(by_hand)
    assert found["windows"] == WINDOWS
    assert (found["mismatches"], found["mismatches_of_share"], found["missed"]) == (0, 0, 0)
    assert found["accuracy"] == found["accuracy_on_host"]
    assert "people whom it has seen" in str(found["protocol"])


def test_another_model_on_this_machine_is_a_mismatch(by_hand: Image, tmp_path: Path) -> None:
    """First in the last bit of a share, then in the class: up for flat."""
    shutil.copytree(images.BY_HAND, tmp_path, dirs_exist_ok=True)
    source = tmp_path / "motion_network.c"
    source.write_text(source.read_text().replace("mean << 8", "mean << 8 ^ 1"))
    found = figures(Image(by_hand.path, "network", tmp_path))
    assert (found["mismatches"], found["mismatches_of_share"]) == (0, WINDOWS)
    source.write_text(
        source.read_text().replace("out[1] = shaken", "out[9] = shaken").replace("out[2]", "out[1]").replace("out[9]", "out[2]")
    )
    assert figures(Image(by_hand.path, "network", tmp_path))["mismatches"] == WINDOWS


def test_windows_are_those_of_the_data_set(by_hand: Image) -> None:
    """The sensor samples at the very moments at which the data set is resampled: noise and 8 bits are all that differs."""
    stretch = Stretch(RECORDINGS.recordings[0], range(7, 9))
    heard = activities.play(stretch, by_hand, activities.begin(by_hand))
    data = features_motion.as_sensor(stretch.recording.samples_g, stretch.recording.time_s)
    first = stretch.first * features_motion.constant("HOP")
    difference = heard.counts - data[first : first + len(heard.counts)] + 8  # rounded down to 16 counts
    assert stretch.first == 5
    assert len(heard.counts) == 64 + 3 * 32
    assert np.abs(difference.mean()) < 1.5
    assert np.abs(difference).max() < 8 + 5 * 2.6


def test_workers_change_nothing(by_hand: Image) -> None:
    one, two = figures(by_hand, jobs=1), figures(by_hand, jobs=2)
    for changing in ("seconds", "times_real_time"):
        assert one.pop(changing) != two.pop(changing)
    assert one == two


def test_windows_that_never_come_are_missed(by_hand: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activities, "LATE_S", -1.0)
    found = figures(by_hand)
    assert 0 < int(str(found["missed"])) <= WINDOWS
    assert found["mismatches"] == 0


def test_a_small_sample_is_part_of_a_larger_one_and_each_class_has_its_share() -> None:
    def windows(count: int) -> set[tuple[str, int]]:
        drawn = activities.drawn(RECORDINGS.recordings, count)
        return {(stretch.recording.source, number) for stretch in drawn for number in stretch.wanted}

    everything = sum(len(activities.labels_of(recording)) for recording in RECORDINGS.recordings)
    assert [len(windows(count)) for count in (1, 6, 30, 10**6)] == [1, 6, 30, everything]
    assert windows(6) < windows(30) < windows(10**6)
    strata = [0] * 90 + [1] * 30
    counts = Counter(strata[index] for index in drawing.in_shares(strata)[:40])
    assert counts == {0: 30, 1: 10}
    assert list(drawing.in_shares(strata, 1)) != list(drawing.in_shares(strata, 2))


@real(sets.SPSW_HAR)
def test_real_windows_are_computed_as_on_this_machine() -> None:
    kind = models.in_default_image()["motion"]
    if kind == models.NONE:
        pytest.skip("the image has no model of motion: platformio.ini says so")
    found = evaluation.of_motion(image.default("motion", kind), motion_sets.spsw_har(motion_sets.WATCH), 24, jobs=1)
    assert found["windows"] == 24
    assert (found["mismatches"], found["mismatches_of_share"], found["missed"]) == (0, 0, 0)
    assert found["accuracy"] > 0.7
    assert abs(found["accuracy"] - found["accuracy_on_host"]) < 0.1
