"""The originals of the public sets, as their authors published them, converted to arrays. Lossless unless said.

Each converter takes the files of the set's folder by name, for example "s01/s01_01_sp.csv", and returns:

    spsw_har        acc[n, 3] in 1/2048 g, label[n], dt_ms[n] since the sample before (0 begins a file), and of each file
                    file_len, subject, execution, device. Originals in m/s2; the gyroscope is dropped
    har_exercise_1  acc[n, 3] in 1/2048 g (originals: 1/16384), and of each file file_len, file_label, files
    fsdd_8k         audio[n], and of each clip length, digit, speaker, index

Files stand end to end in the order of their names. InputError if a file is not as it should be.
"""

import csv
import io
import wave
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from firmware.model.data.arrays import Arrays
from firmware.model.data.exercise_files import EXERCISE_FILES
from hardware.errors import InputError

Files = Mapping[str, bytes]
T = TypeVar("T")
Counts = NDArray[np.int16]

COUNTS_PER_G = 2048
STANDARD_GRAVITY = 9.80665  # m/s2
ACTIVITIES = ("SEATED", "STANDING_UP", "WALKING", "TURNING", "SITTING_DOWN")
DEVICES = {"sp": "smartphone", "sw": "smartwatch"}
EXERCISES = ("jumpingjack", "lunge", "other", "squat")
EXERCISE_RATE_HZ = 100.0
EXERCISE_COUNTS_PER_G = 16384
DIGITS = tuple("0123456789")
DIGITS_RATE_HZ = 8000.0
SPEAKERS = ("george", "jackson", "lucas", "nicolas", "theo", "yweweler")


def spsw_har(files: Files) -> Arrays:
    named = sorted((name, data) for name, data in files.items() if PurePosixPath(name).match("s*/s*_*_s?.csv"))
    tables = [_checked(name, _activities, data) for name, data in named]
    origin = [PurePosixPath(name).stem.removeprefix("s").split("_") for name, _ in named]
    return {
        "acc": np.concatenate([table[0] for table in tables]),
        "label": np.concatenate([table[1] for table in tables]),
        "dt_ms": np.concatenate([table[2] for table in tables]),
        "file_len": np.array([len(table[0]) for table in tables], np.int32),
        "subject": np.array([subject for subject, _, _ in origin], np.uint8),
        "execution": np.array([execution for _, execution, _ in origin], np.uint8),
        "device": np.array([list(DEVICES).index(device) for _, _, device in origin], np.uint8),
        "labels": np.array(ACTIVITIES),
        "devices": np.array(tuple(DEVICES.values())),
    }


def _activities(data: bytes) -> tuple[Counts, NDArray[np.int8], NDArray[np.uint16]]:
    rows = list(csv.DictReader(io.StringIO(data.decode("ascii"))))
    if not rows:
        raise ValueError("no samples")
    force = np.array([[float(row[axis]) for axis in ("x_acc", "y_acc", "z_acc")] for row in rows])
    label = np.array([ACTIVITIES.index(row["label"]) for row in rows], np.int8)
    time_ms = np.array([int(row["timestamp"]) for row in rows])
    elapsed_ms = np.diff(time_ms, prepend=time_ms[:1])
    return np.round(force / STANDARD_GRAVITY * COUNTS_PER_G).astype(np.int16), label, elapsed_ms.astype(np.uint16)


def har_exercise_1(files: Files) -> Arrays:
    """Of the repository's recordings those that its own data set has; that also drops three bits."""
    missing = [name for name in EXERCISE_FILES if name not in files]
    if missing:
        raise InputError(f"{missing[0]} is not among the originals: fetch the commit that is named in sets.py")
    counts = [_checked(name, _exercise, files[name]) for name in EXERCISE_FILES]
    return {
        "acc": np.concatenate(counts),
        "file_len": np.array([len(part) for part in counts], np.int32),
        "file_label": np.array([EXERCISES.index(name[:-4].split("_")[1]) for name in EXERCISE_FILES], np.uint8),
        "labels": np.array(EXERCISES),
        "files": np.array(EXERCISE_FILES),
    }


def _exercise(data: bytes) -> Counts:
    counts = np.load(io.BytesIO(data), allow_pickle=False)
    shrunk: Counts = np.round(counts / (EXERCISE_COUNTS_PER_G / COUNTS_PER_G)).astype(np.int16).reshape(-1, 3)
    return shrunk


def fsdd_8k(files: Files) -> Arrays:
    named = sorted((name, data) for name, data in files.items() if name.endswith(".wav"))
    clips = [_checked(name, _clip, data) for name, data in named]
    origin = [name.removesuffix(".wav").split("_") for name, _ in named]
    return {
        "audio": np.concatenate(clips),
        "length": np.array([len(clip) for clip in clips], np.int32),
        "digit": np.array([digit for digit, _, _ in origin], np.uint8),
        "speaker": np.array([SPEAKERS.index(speaker) for _, speaker, _ in origin], np.uint8),
        "index": np.array([index for _, _, index in origin], np.uint8),
        "speakers": np.array(SPEAKERS),
    }


def _clip(data: bytes) -> Counts:
    with wave.open(io.BytesIO(data)) as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, DIGITS_RATE_HZ):
            raise ValueError("not 16 bit mono at 8 kHz")
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def _checked(name: str, convert: Callable[[bytes], T], data: bytes) -> T:
    try:
        return convert(data)
    except (ValueError, KeyError, EOFError, TypeError, wave.Error) as error:
        raise InputError(f"the original {name} is not as expected ({error}): fetch the commit in sets.py") from None


_CONVERTERS: Mapping[str, Callable[[Files], Arrays]] = {
    "spsw_har": spsw_har,
    "har_exercise_1": har_exercise_1,
    "fsdd_8k": fsdd_8k,
}


def convert(name: str, files: Files) -> Arrays:
    """The set of that name."""
    try:
        return _CONVERTERS[name](files)
    except ValueError as error:  # a file's name, or none at all
        raise InputError(f"the originals of {name} are not as expected ({error}): fetch the commit in sets.py") from None
