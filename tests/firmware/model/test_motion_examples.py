"""Examples of motion: changed copies and stress tests keep to what they say."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.model import features_motion
from firmware.model.data import place, sets
from firmware.model.data.recording import Motion, MotionSet
from firmware.model.motion import augmentation, examples, stream, stress
from firmware.model.motion.stream import Stream

LABELS = ("SEATED", "STANDING_UP", "WALKING", "TURNING", "SITTING_DOWN")
SCRIPT = (0, 1, 2, 3, 2, 3, 4)  # of every recording of spsw_har
RATE_HZ = 100


def recording(seconds: float = 3.0, script: tuple[int, ...] = SCRIPT, subject: str = "1") -> Motion:
    """Each activity for so long, each with a level of its own along x, so that a sample tells its label."""
    label = np.repeat(np.array(script), round(seconds * RATE_HZ))
    samples_g = np.stack([label * 0.25, np.zeros(len(label)), np.ones(len(label))], axis=1)
    return Motion(samples_g, np.arange(len(label)) / RATE_HZ, label, subject, "1", "", "made up")


def subject(one: Motion) -> str:
    return one.subject


def level(samples: NDArray[np.int16]) -> NDArray[np.intp]:
    """The label that a sample of `recording` tells."""
    return np.rint(samples[:, 0] / features_motion.constant("COUNTS_PER_G") * 4).astype(np.intp)


def test_a_copy_keeps_its_labels_with_their_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(augmentation, "TURN_RAD", 0.0)  # so that levels still tell the label
    for copy in augmentation.copies([recording()]):
        found = stream.of(copy, "1")
        at_an_edge = np.flatnonzero(level(found.counts) != found.label)
        assert len(at_an_edge) <= len(SCRIPT)  # where a sample lies between two activities
        assert set(found.label) == set(SCRIPT)


def test_copies_differ_from_each_other_within_what_is_said() -> None:
    original = recording()
    copies = list(augmentation.copies([original, original]))
    assert len(copies) == 8
    seconds = [copy.time_s[-1] / original.time_s[-1] for copy in copies]
    strength = [np.linalg.norm(copy.samples_g[0]) / np.linalg.norm(original.samples_g[0]) for copy in copies]
    upright = [copy.samples_g[0, 2] / np.linalg.norm(copy.samples_g[0]) for copy in copies]
    assert len(set(seconds)) == len(set(upright)) == 8
    assert all(1 / 1.12 <= one <= 1 / 0.88 for one in seconds)
    assert all(0.97 <= one <= 1.03 for one in strength)
    assert min(upright) < 1
    assert all(copy.subject == original.subject for copy in copies)


def test_copies_repeat() -> None:
    first, second = (list(augmentation.copies([recording()])) for _ in range(2))
    assert all(np.array_equal(one.samples_g, other.samples_g) for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize(("axis", "turned"), [(0, (1, 2)), (1, (2, 0)), (2, (0, 1))])
def test_a_rotation_turns_about_its_axis(axis: int, turned: tuple[int, int]) -> None:
    angles = np.zeros(3)
    angles[axis] = np.pi / 2
    found = augmentation.rotation(angles)
    assert found @ np.eye(3)[axis] == pytest.approx(np.eye(3)[axis])
    assert found @ np.eye(3)[turned[0]] == pytest.approx(np.eye(3)[turned[1]])
    assert np.linalg.det(augmentation.rotation(np.array([0.3, -0.2, 0.5]))) == pytest.approx(1)


def samples_in(seconds: float) -> int:
    return round(seconds * features_motion.constant("RATE_HZ"))


def test_long_walks_come_twice_and_all_else_once() -> None:
    original = stream.of(recording(), "1")
    found = stress.doubled(original, LABELS.index("WALKING"))
    was, now = np.bincount(original.label), np.bincount(found.label)
    assert now.tolist() == [count * (2 if label == 2 else 1) for label, count in enumerate(was)]
    assert [found.label[first] for first, _ in stress.runs(found.label)] == list(SCRIPT)
    assert found.seams.tolist() == [samples_in(9), samples_in(18)]  # where the repetitions begin
    first_walk = found.counts[samples_in(6) : samples_in(9)]
    assert np.array_equal(found.counts[samples_in(9) : samples_in(12)], first_walk)


def test_short_walks_are_left_alone() -> None:
    original = stream.of(recording(seconds=1.4), "1")
    found = stress.doubled(original, LABELS.index("WALKING"))
    assert np.array_equal(found.counts, original.counts)
    assert len(found.seams) == 0


def test_walks_are_cut_out_and_what_is_left_joins() -> None:
    found = stress.without(stream.of(recording(), "1"), (2, 3))
    assert [found.label[first] for first, _ in stress.runs(found.label)] == [0, 1, 4]
    assert found.seams.tolist() == [samples_in(6)]
    assert len(stress.without(stream.of(recording(script=(2, 3)), "1"), (2, 3)).label) == 0


def test_windows_across_a_seam_are_left_out() -> None:
    one = Stream(np.zeros((320, 3), np.int16), np.zeros(320, np.intp), "1", np.array([128]))
    whole = replace(one, seams=np.empty(0, np.intp))
    assert len(examples.windows([whole])) == 9
    assert len(examples.windows([one])) == 8  # that from sample 96 on; 64 ends and 128 begins at the seam


def test_training_overlaps_more_than_the_test_and_copies_stand_apart() -> None:
    found = examples.data(MotionSet("own", LABELS, tuple(recording(subject=str(number)) for number in range(2)), ""), subject)
    assert found.copies is not None
    assert len(found.training) == pytest.approx(2 * len(found.test), abs=2)
    assert len(found.copies) == pytest.approx(augmentation.COPIES * len(found.training), rel=0.15)
    assert set(found.copies.groups) == {"0", "1"}
    assert list(found.stress) == ["walks doubled", "walks cut out"]
    assert found.sensorless is not None
    per_recording = len(found.test) // 2
    assert found.sensorless[:, 0].tolist() == [*range(per_recording)] * 2


def test_sets_without_walks_have_no_such_stress() -> None:
    assert examples.data(MotionSet("own", ("SEATED", "RUNNING"), (recording(script=(0, 1)),), ""), subject).stress == {}


@pytest.mark.skipif(
    not (place.folder() / sets.HAR_EXERCISE_1.file).is_file(), reason="har_exercise_1 is not there: dollar data fetch"
)
def test_exercises_are_held_out_by_file() -> None:
    found = examples.har_exercise_1()
    assert len(np.unique(found.test.groups)) == 32
    assert all(len(set(found.test.labels[found.test.groups == file])) == 1 for file in np.unique(found.test.groups))
    assert found.stress == {}


@pytest.mark.skipif(
    not (place.folder() / sets.SPSW_HAR.file).is_file(), reason="spsw_har is not there: dollar data fetch spsw_har"
)
def test_windows_of_the_public_set_are_those_that_the_figures_are_of() -> None:
    found = examples.spsw_har()
    assert np.bincount(found.test.labels).tolist() == [222, 419, 1760, 790, 416]
    assert len(np.unique(found.test.groups)) == 23
    cut = found.stress["walks cut out"]
    assert not np.isin(cut.labels, (LABELS.index("WALKING"), LABELS.index("TURNING"))).any()
    doubled = np.bincount(found.stress["walks doubled"].labels)
    assert doubled[LABELS.index("WALKING")] > 2640
