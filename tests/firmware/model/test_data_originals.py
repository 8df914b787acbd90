"""Originals as their authors publish them become the arrays that the loaders read, to the last bit."""

import numpy as np
import pytest
import small_originals

from firmware.model.data import originals
from hardware.errors import InputError


def test_acceleration_is_in_2048ths_of_a_g_with_times_and_labels() -> None:
    found = originals.spsw_har(small_originals.spsw_har())
    assert found["acc"].dtype == np.int16
    assert found["acc"][:3].tolist() == [[0, -2048, 1024], [1, 0, 4096], [-1, 1, 2048]]
    assert found["label"].tolist() == [0, 0, 2, 0, 0, 0, 0, 2]
    assert found["dt_ms"].tolist() == [0, 9, 11, 0, 9, 0, 9, 11]


def test_files_follow_their_names_and_phone_comes_before_watch() -> None:
    found = originals.spsw_har(small_originals.spsw_har())
    assert found["file_len"].tolist() == [3, 2, 3]
    assert found["subject"].tolist() == [1, 1, 2]
    assert found["execution"].tolist() == [3, 3, 11]
    assert found["device"].tolist() == [0, 1, 1]


def test_exercises_lose_three_bits_and_only_the_named_files_count() -> None:
    found = originals.har_exercise_1(small_originals.har_exercise_1())
    assert len(found["acc"]) == 64
    assert found["acc"][:4].tolist() == [[2048, -1024, 0], [2, 0, -2], [2048, -1024, 1], [2, 0, -2]]  # halves go to even
    assert found["labels"][found["file_label"][:4]].tolist() == ["lunge", "lunge", "squat", "jumpingjack"]


def test_digits_keep_each_sample() -> None:
    found = originals.fsdd_8k(small_originals.fsdd_8k())
    assert found["audio"].tolist() == [-32768, 5, 6, 1, -2, 32767]
    assert found["length"].tolist() == [1, 2, 3]
    assert found["digit"].tolist() == [0, 0, 7]
    assert found["speakers"][found["speaker"]].tolist() == ["george", "jackson", "theo"]
    assert found["index"].tolist() == [3, 49, 12]


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        ("spsw_har", "s02/s02_11_sw.csv", small_originals.ACTIVITY.replace("WALKING", "FLYING").encode()),
        ("spsw_har", "s02/s02_11_sw.csv", small_originals.ACTIVITY.replace("timestamp", "time").encode()),
        ("spsw_har", "s02/s02_11_sw.csv", b""),
        ("fsdd_8k", "7_theo_12.wav", small_originals.clip([1, 2], rate=16000)),
        ("fsdd_8k", "7_theo_12.wav", b"RIFF"),
        ("har_exercise_1", "2000-01-01T000214_lunge.npy", b"nothing"),
    ],
)
def test_a_file_that_is_not_as_published_is_named(name: str, file: str, content: bytes) -> None:
    with pytest.raises(InputError, match=file.split("/")[-1]):
        originals.convert(name, small_originals.FILES[name]() | {file: content})


def test_a_missing_exercise_is_named() -> None:
    files = small_originals.har_exercise_1()
    del files["2000-01-01T000308_squat.npy"]
    with pytest.raises(InputError, match=r"T000308_squat\.npy is not among the originals"):
        originals.har_exercise_1(files)


@pytest.mark.parametrize("files", [{}, {"7_nobody_12.wav": small_originals.clip([1])}])
def test_files_of_another_set_are_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(InputError, match="originals of fsdd_8k are not as expected"):
        originals.convert("fsdd_8k", files)
