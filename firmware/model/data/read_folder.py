"""A folder of a user's own recordings (folder.py) as a set. Nothing that would spoil a model unseen is let pass."""

import wave
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from firmware.model.data import clipping, sidecar
from firmware.model.data.folder import HEADER, check_label, recordings
from firmware.model.data.recording import Motion, MotionSet, Sound, SoundSet
from firmware.model.data.sidecar import Sidecar
from hardware.errors import InputError

MOTION_RATES_HZ = (40.0, 450.0)  # the model's 50 Hz less the sensor's error; the fastest that the sensor can
SOUND_RATES_HZ = (7840.0, 8160.0)  # 8 kHz and 2 %: twice the error of the chip's oscillator
MOTION_LEAST_S = 64 / 50  # one window
SOUND_LEAST_S = 0.1  # the shortest of 3000 spoken digits has 0.14 s
CLIPPED_SHARE = 0.01  # of samples: a tap may reach full scale for a moment; more bends what a model sees (?)
SHOWN = 5

T = TypeVar("T")


def motion(folder: Path) -> MotionSet:
    """InputError names all that is wrong with the recordings, and how to mend it."""
    paths = recordings(folder, "motion")
    labels = _labels(paths)
    found = _each(paths, lambda path: _motion(path, labels.index(path.parent.name)))
    return MotionSet(folder.name, labels, found, attribution="")


def sound(folder: Path) -> SoundSet:
    """Likewise."""
    paths = recordings(folder, "sound")
    labels = _labels(paths)
    found = _each(paths, lambda path: _sound(path, labels.index(path.parent.name)))
    return SoundSet(folder.name, labels, found, attribution="")


def _labels(paths: list[Path]) -> tuple[str, ...]:
    """Sorted, so that the same folder always gives the same model."""
    try:
        return tuple(sorted({check_label(path.parent.name) for path in paths}))
    except InputError as error:
        raise InputError(f"{error}; rename its folder in {paths[0].parent.parent}") from None


def _each(paths: list[Path], read: Callable[[Path], T]) -> tuple[T, ...]:
    found, wrong = [], []
    for path in paths:
        try:
            found.append(read(path))
        except InputError as error:
            wrong.append(str(error))
    if wrong:
        more = f"; and {len(wrong) - SHOWN} more recordings" if len(wrong) > SHOWN else ""
        raise InputError("; ".join(wrong[:SHOWN]) + more)
    return tuple(found)


def _motion(path: Path, label: int) -> Motion:
    about = sidecar.read(path)
    raw = _rows(path)
    _check_rate(path, about, MOTION_RATES_HZ, "record it with dollar data record, or resample it")
    _check_length(path, len(raw) / about.rate_hz, MOTION_LEAST_S)
    _check_unit(path, raw, about)
    _check_clipped(path, clipping.motion(raw, about.full_scale_g), "move less hard, or use a wider range")
    return Motion(
        samples_g=raw - np.array(about.offset_g),
        time_s=np.arange(len(raw)) / about.rate_hz,
        label=np.full(len(raw), label, np.intp),
        subject=about.subject,
        session=about.session,
        device=about.device,
        source=f"{path.parent.name}/{path.name}",
    )


def _rows(path: Path) -> NDArray[np.float64]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as text ({error}): record it again") from None
    head = lines.pop(0) if lines else ""
    if tuple(name.strip() for name in head.split(",")) != HEADER:
        raise InputError(f"{path}:1: {head[:40]!r} is not the header line {','.join(HEADER)}: put it there")
    return np.array([_row(path, number, line) for number, line in enumerate(lines, 2)]).reshape(-1, 3)


def _row(path: Path, number: int, line: str) -> list[float]:
    try:
        values = [float(value) for value in line.split(",")]
    except ValueError:
        values = []
    if len(values) != 3:
        raise InputError(f"{path}:{number}: {line[:40]!r} is not x,y,z in g: a value is missing or is no number")
    if not np.isfinite(values).all():
        raise InputError(f"{path}:{number}: {line[:40]!r} holds a value that is not finite: cut the recording before it")
    return values


def _sound(path: Path, label: int) -> Sound:
    about = sidecar.read(path)
    samples, rate_hz = _wave(path)
    if abs(rate_hz / about.rate_hz - 1) > 0.02:
        raise InputError(f"{path} has {rate_hz} Hz, but its JSON file says {about.rate_hz:g}: correct the one that is wrong")
    _check_rate(path, about, SOUND_RATES_HZ, f"convert it, for example with sox {path.name} -r 8000 new.wav")
    _check_length(path, len(samples) / about.rate_hz, SOUND_LEAST_S)
    _check_clipped(path, clipping.sound(samples), "speak less loudly, or from further away")
    return Sound(
        samples=samples,
        rate_hz=about.rate_hz,
        label=label,
        subject=about.subject,
        session=about.session,
        device=about.device,
        source=f"{path.parent.name}/{path.name}",
    )


def _wave(path: Path) -> tuple[NDArray[np.int16], int]:
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getsampwidth(), file.getnchannels()) != (2, 1):
                raise InputError(f"{path} is not 16 bit mono: convert it, for example with sox {path.name} -b 16 -c 1 new.wav")
            return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        raise InputError(f"{path} cannot be read as a WAV file ({error}): record it again") from None


def _check_rate(path: Path, about: Sidecar, limits: tuple[float, float], mend: str) -> None:
    if not limits[0] <= about.rate_hz <= limits[1]:
        raise InputError(f"{path} has {about.rate_hz:g} Hz, not {limits[0]:g} to {limits[1]:g}: {mend}")


def _check_unit(path: Path, raw: NDArray[np.float64], about: Sidecar) -> None:
    middle = float(np.median(np.linalg.norm(raw, axis=1)))
    if middle > np.sqrt(3) * about.full_scale_g:
        raise InputError(
            f"{path} has {middle:.2f} in its middle, more than {about.full_scale_g:g} g on all axes: "
            "write its values in g (divide m/s2 by 9.81), or the sensor's range into full_scale_g"
        )


def _check_length(path: Path, seconds: float, least: float) -> None:
    if seconds < least:
        raise InputError(f"{path} has {seconds:.2f} s, less than {least:.2f}: record it longer, or remove it")


def _check_clipped(path: Path, clipped: NDArray[np.bool_], mend: str) -> None:
    share = float(clipped.mean())
    if share > CLIPPED_SHARE:
        raise InputError(f"{path} is clipped in {share:.1%} of its samples: {mend}")
