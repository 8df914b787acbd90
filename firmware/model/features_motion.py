"""Features of motion for training, by the firmware's own code (firmware/src/model/motion_features.h says what they are).

A recording is first made what the chip would have had of it: 50 samples a second in counts of the accelerometer, 1024 to a
g, 12 bits at +-2 g. Public recordings come at about 100 Hz with uneven gaps; they are interpolated at each 20 ms. As in the
measurements that this follows, nothing takes off what lies above 25 Hz first; the sensor's own filter at 50 Hz would (?).
"""

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.model import native
from hardware.errors import InputError

FULL_SCALE_G = 2  # of the accelerometer, as its driver sets it
AXES = ("x", "y", "z")
CHANNELS = (*AXES, "m")
STATISTICS = ("mean", "deviation", "least", "most", "mean deviation", "mean step", "crossings", "trend")
MODULES = ("model/motion_features", "model/motion_context")


@functools.cache
def library() -> tuple[Any, Any]:
    """(ffi, lib). Raises as native.load."""
    return native.load("motion", MODULES)


def constant(name: str) -> int:
    """MOTION_`name` of the headers."""
    return int(getattr(library()[1], f"MOTION_{name}"))


def as_sensor(samples_g: NDArray[np.float64], time_s: NDArray[np.float64]) -> NDArray[np.int16]:
    """Counts [m, 3] at 50 Hz of samples [n, 3], taken at these times from 0 on. Raises InputError for what is no number."""
    if not np.isfinite(samples_g).all():
        raise InputError("the recording has samples that are not numbers: take it again, or cut them out")
    counts_per_g = constant("COUNTS_PER_G")
    full_scale = FULL_SCALE_G * counts_per_g
    at_s = _times_s(time_s)
    resampled = np.stack([np.interp(at_s, time_s, axis) for axis in samples_g.T], axis=1)
    counts: NDArray[np.float64] = np.clip(np.rint(resampled * counts_per_g), -full_scale, full_scale - 1)
    return counts.astype(np.int16)


def labels_of_samples(label: NDArray[np.intp], time_s: NDArray[np.float64]) -> NDArray[np.intp]:
    """Labels [m] of as_sensor's samples: each that of the last sample that was taken by then."""
    return label[np.searchsorted(time_s, _times_s(time_s), side="right") - 1]


def _times_s(time_s: NDArray[np.float64]) -> NDArray[np.float64]:
    rate_hz = constant("RATE_HZ")
    count = int(np.ceil(round(float(time_s[-1]) * rate_hz, 6)))  # times in whole ms: 6 digits make them exact
    return np.arange(count, dtype=np.float64) / rate_hz


def windows(samples: NDArray[np.int16], context: bool = False, hop: int | None = None) -> NDArray[np.int16]:
    """Features [k, 56], or [k, 120] with context, of counts [n, 3] at 50 Hz. Window i begins at sample i * hop.

    A hop shorter than the chip's must divide it; then each window has the context that it would have on a chip that began
    where the window's own row of hops begins.
    """
    whole = constant("HOP")
    step = whole if hop is None else hop
    found = np.empty((count_windows(len(samples), step), constant("FEATURES_IN_CONTEXT")), np.int16)
    for first in range(0, whole, step):
        row = found[first // step :: whole // step]
        row[:] = _stream(samples[first:], len(row))
    return found if context else found[:, : constant("FEATURES")]


def count_windows(samples: int, hop: int) -> int:
    """Raises ValueError for a hop that does not divide the chip's."""
    if hop < 1 or constant("HOP") % hop:
        raise ValueError(f"a hop of {hop} samples does not divide {constant('HOP')}")
    return max(0, (samples - constant("WINDOW")) // hop + 1)


def _stream(samples: NDArray[np.int16], count: int) -> NDArray[np.int16]:
    """What the chip makes of these samples, one after the other."""
    ffi, lib = library()
    window, past = ffi.new("struct motion_window *"), ffi.new("struct motion_context *")
    lib.motion_features_restart(window)
    lib.motion_context_restart(past)
    found = np.empty((count, constant("FEATURES_IN_CONTEXT")), np.int16)
    features = ffi.new("int16_t[]", found.shape[1])
    full = 0
    for x, y, z in samples.tolist():
        if lib.motion_features_add(window, x, y, z, features):
            lib.motion_context_add(past, features)
            found[full] = np.frombuffer(ffi.buffer(features), np.int16)
            full += 1
    assert full == count
    return found


def labels_of_windows(label: NDArray[np.intp], hop: int | None = None) -> NDArray[np.intp]:
    """The label that most samples of each window have, the lower one of two that have as many."""
    step = constant("HOP") if hop is None else hop
    starts = np.arange(count_windows(len(label), step)) * step
    return np.array([np.bincount(label[start : start + constant("WINDOW")]).argmax() for start in starts], np.intp)


def names(context: bool = False) -> tuple[str, ...]:
    """Of the columns of `windows`."""
    statistics = [f"{channel} {statistic}" for channel in CHANNELS for statistic in STATISTICS]
    segments = [f"{axis} segment {number}" for axis in AXES for number in range(constant("SEGMENTS"))]
    past = [f"{name}, {hops * constant('HOP')} samples ago" for hops in (1, 2) for name in statistics]
    return (*statistics, *segments, *(past if context else ()))
