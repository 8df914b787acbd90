"""The public sets as recordings: small ones made here, and the real ones where they are."""

from pathlib import Path

import numpy as np
import pytest
from real_windows import real
from small_originals import stored

from firmware.model.data import arrays, motion_sets, place, sets, sound_sets
from firmware.model.data.summary import summarise
from hardware import paths
from hardware.errors import InputError


def test_a_recording_of_motion_has_force_time_and_whom(tmp_path: Path) -> None:
    found = motion_sets.spsw_har(folder=tmp_path, public=stored(sets.SPSW_HAR, tmp_path))
    last = found.recordings[-1]
    assert last.samples_g.tolist() == [[0, -1, 0.5], [1 / 2048, 0, 2], [-1 / 2048, 1 / 2048, 1]]
    assert last.time_s.tolist() == [0, 0.009, 0.020]
    assert last.rate_hz == pytest.approx(100)
    assert [found.labels[label] for label in last.label] == ["SEATED", "SEATED", "WALKING"]
    assert (last.subject, last.session, last.device, last.source) == ("2", "11", "smartwatch", "s02_11_sw")
    assert found.recordings[0].source == "s01_03_sp"


def test_one_device_can_be_asked_for(tmp_path: Path) -> None:
    found = motion_sets.spsw_har(motion_sets.WATCH, tmp_path, stored(sets.SPSW_HAR, tmp_path))
    assert [recording.source for recording in found.recordings] == ["s01_03_sw", "s02_11_sw"]


def test_a_clip_has_samples_digit_and_speaker(tmp_path: Path) -> None:
    found = sound_sets.fsdd(tmp_path, stored(sets.FSDD, tmp_path))
    last = found.recordings[-1]
    assert last.samples.tolist() == [1, -2, 32767]
    assert (found.labels[last.label], last.subject, last.session, last.source) == ("7", "theo", "12", "7_theo_12.wav")


def test_what_is_missing_is_said_with_the_command_that_gets_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"spsw_har\.npz is missing: run dollar data fetch spsw_har, .*DOLLAR_DATA"):
        motion_sets.spsw_har(folder=tmp_path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\3\4 cut off"])
def test_a_damaged_file_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / sets.FSDD.file).write_bytes(content)
    with pytest.raises(InputError, match=r"fsdd_8k\.npz cannot be read .* dollar data fetch fsdd_8k"):
        sound_sets.fsdd(tmp_path)


def test_other_content_is_refused(tmp_path: Path) -> None:
    stored(sets.FSDD, tmp_path)
    with pytest.raises(InputError, match="does not hold the data set fsdd_8k as it was published"):
        sound_sets.fsdd(tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        {"a": np.array([1, 2, 4], np.int16), "b": np.array(["x"])},
        {"a": np.array([1, 2, 3], np.uint16), "b": np.array(["x"])},
        {"a": np.array([[1, 2, 3]], np.int16), "b": np.array(["x"])},
        {"c": np.array([1, 2, 3], np.int16), "b": np.array(["x"])},
        {"a": np.array([1, 2, 3], np.int16)},
    ],
)
def test_the_digest_sees_name_type_shape_and_content(other: arrays.Arrays) -> None:
    first = {"a": np.array([1, 2, 3], np.int16), "b": np.array(["x"])}
    assert arrays.digest(first) == arrays.digest(dict(reversed(first.items())) | {"a": first["a"].astype(">i2")})
    assert arrays.digest(first) != arrays.digest(other)


def test_the_folder_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(place.VARIABLE, "/somewhere/else")
    assert place.folder() == Path("/somewhere/else")
    monkeypatch.delenv(place.VARIABLE)
    assert place.folder() == paths.ROOT.parent / "shared" / "data"


@pytest.mark.parametrize("public", sets.SETS, ids=lambda public: public.name)
def test_each_set_names_licence_and_origin_in_one_line(public: sets.PublicSet) -> None:
    assert public.licence in public.attribution
    assert f"{public.repository}/tree/{public.commit}" in public.attribution
    assert "\n" not in public.attribution


def test_an_unknown_set_is_said() -> None:
    with pytest.raises(InputError, match="there is no data set 'mnist': say spsw_har, har_exercise_1, fsdd_8k"):
        sets.named("mnist")


@real(sets.SPSW_HAR)
def test_the_real_activities_are_plausible() -> None:
    found = motion_sets.spsw_har()
    assert len(found.recordings) == 446
    assert sum(len(recording.samples_g) for recording in found.recordings) == 521766
    assert {recording.subject for recording in found.recordings} == {str(number) for number in range(1, 24)}
    assert all(102 < recording.rate_hz < 105 for recording in found.recordings)
    force = np.concatenate([np.linalg.norm(recording.samples_g, axis=1) for recording in found.recordings])
    assert np.median(force) == pytest.approx(1, abs=0.03)
    assert len(motion_sets.spsw_har(motion_sets.WATCH).recordings) == 223
    assert [share.subjects for share in summarise(found)] == [23] * 5


@real(sets.HAR_EXERCISE_1)
def test_the_real_exercises_are_plausible() -> None:
    found = motion_sets.har_exercise_1()
    assert [(share.label, share.recordings, share.seconds) for share in summarise(found)] == [
        ("jumpingjack", 9, 90),
        ("lunge", 8, 80),
        ("other", 8, 80),
        ("squat", 7, 70),
    ]
    still = [np.median(np.linalg.norm(recording.samples_g, axis=1)) for recording in found.recordings]
    assert np.median(still) == pytest.approx(1, abs=0.1)


@real(sets.FSDD)
def test_the_real_digits_are_plausible() -> None:
    found = sound_sets.fsdd()
    assert len(found.recordings) == 3000
    assert sum(len(recording.samples) for recording in found.recordings) == 10498424
    assert [(share.recordings, share.subjects) for share in summarise(found)] == [(300, 6)] * 10
    assert sorted({int(recording.session) for recording in found.recordings}) == list(range(50))
