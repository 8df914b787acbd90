"""The features of motion in C against NumPy, and what the chip's stream of windows is."""

import functools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from host_c import SANITIZED
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from firmware.model import features_motion, native
from hardware.errors import InputError

WINDOW, HOP, SEGMENT = 64, 32, 8
STATE_BYTES = 500
COLUMN = {name: index for index, name in enumerate(features_motion.names(context=True))}
FULL_SCALE = (-2048, 2047)  # of the sensor
Samples = NDArray[np.int16]


@functools.cache
def sanitized() -> tuple[Any, Any]:
    return native.load("motion-sanitized", features_motion.MODULES, tuple(SANITIZED))


@pytest.fixture(autouse=True, scope="module")
def _stops_at_an_overflow() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(features_motion, "library", sanitized)
        yield


def noise(seed: int, count: int = WINDOW, least: int = FULL_SCALE[0], most: int = FULL_SCALE[1]) -> Samples:
    """A slow swing with noise on it, so that means, trends and crossings differ between windows."""
    rng = np.random.default_rng(seed)
    swing = rng.uniform(least, most, (1, 3)) * np.sin(np.arange(count)[:, None] * rng.uniform(0.01, 0.6, (1, 3)))
    spread = (most - least) / 2 ** rng.uniform(1, 9)
    return np.clip(swing + rng.normal(0, spread, (count, 3)), least, most).astype(np.int16)


def alternating(low: int, high: int) -> Samples:
    return np.tile(np.array([[low], [high]], np.int16), (WINDOW // 2, 3))


def constant(level: int) -> Samples:
    return np.full((WINDOW, 3), level, np.int16)


WINDOWS = st.one_of(
    st.integers(0, 2**32 - 1).map(noise),
    st.integers(0, 2**32 - 1).map(lambda seed: noise(seed, least=-(2**15), most=2**15 - 1)),
    st.lists(st.integers(-(2**15), 2**15 - 1), min_size=3 * WINDOW, max_size=3 * WINDOW).map(
        lambda values: np.array(values, np.int16).reshape(WINDOW, 3)
    ),
)
EXTREMES = [
    *(constant(level) for level in (-(2**15), 2**15 - 1, *FULL_SCALE, 0, -1, 16, -17)),
    *(alternating(low, high) for low, high in ((-(2**15), 2**15 - 1), FULL_SCALE, (2**15 - 1, -(2**15)), (-16, 16))),
    np.repeat(alternating(-(2**15), 2**15 - 1)[:2], HOP, axis=0),  # one half low, the other high
]


def of(window: Samples) -> NDArray[np.int16]:
    (found,) = features_motion.windows(window)
    return found


def channels(window: Samples) -> dict[str, NDArray[np.float64]]:
    """Reduced as the header says, in the features' unit."""
    axes = np.clip(np.floor((window.astype(float) + 16) / 32), -128, 127)
    magnitude = np.minimum(np.floor(np.sqrt((axes**2).sum(axis=1) * 4)), 255)
    return dict(zip("xyzm", [*(axes.T * 8), magnitude * 8], strict=True))


def statistics(signal: NDArray[np.float64]) -> dict[str, float]:
    side = signal >= np.floor(signal.mean())
    return {
        "mean": signal.mean(),
        "deviation": signal.std(),
        "least": signal.min(),
        "most": signal.max(),
        "mean deviation": np.abs(signal - signal.mean()).mean(),
        "mean step": np.abs(np.diff(signal)).mean(),
        "crossings": np.count_nonzero(side[1:] != side[:-1]),
        "trend": signal[HOP:].mean() - signal[:HOP].mean(),
    }


# How much the float may be above the integer, least and most: rounding down, and for the mean deviation that of the mean.
EXACT = (0.0, 0.0)
DOWN = (0.0, 1.0)
ERRORS = {
    "mean": DOWN,
    "deviation": DOWN,
    "least": EXACT,
    "most": EXACT,
    "mean deviation": (-1.0, 2.0),
    "mean step": (0.0, 1.005),  # the division is a multiplication, too small by 4 in a million
    "crossings": EXACT,
    "trend": DOWN,
}


@given(WINDOWS)
@settings(max_examples=150)
def test_features_are_numpys(window: Samples) -> None:
    check(window)


@pytest.mark.parametrize("window", EXTREMES)
def test_extremes_do_not_overflow(window: Samples) -> None:
    check(window)


def check(window: Samples) -> None:
    found = of(window)
    for channel, signal in channels(window).items():
        for name, expected in statistics(signal).items():
            least, most = ERRORS[name]
            error = expected - found[COLUMN[f"{channel} {name}"]]
            assert least - 1e-9 <= error <= most, f"{channel} {name}: {expected}"
        if channel != "m":
            means = signal.reshape(-1, SEGMENT).mean(axis=1)
            assert [found[COLUMN[f"{channel} segment {n}"]] for n in range(8)] == means.tolist()


# Half a reduced step is 4 units. The magnitude, in half that unit, takes it from three axes, and is rounded down to 8.
SAMPLE_ERROR = {"x": 4.0, "y": 4.0, "z": 4.0, "m": 8 * 3**0.5 + 8}
SAMPLE_ERRORS = {"mean": 1, "deviation": 1, "least": 1, "most": 1, "mean deviation": 2, "mean step": 2, "trend": 2}
ROUNDING = 1.01


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_eight_bits_change_a_feature_by_no_more_than_their_step(seed: int) -> None:
    window = noise(seed)
    found = of(window)
    axes = window / 1024
    signals = dict(zip("xyzm", [*(axes.T * 256), np.sqrt((axes**2).sum(axis=1)) * 512], strict=True))
    for channel, signal in signals.items():
        expected = statistics(signal)
        for name, times in SAMPLE_ERRORS.items():
            error = times * SAMPLE_ERROR[channel] + ROUNDING
            assert found[COLUMN[f"{channel} {name}"]] == pytest.approx(expected[name], abs=error), f"{channel} {name}"


@given(st.integers(0, 400), st.sampled_from([1, 4, 8, 16, 32]), st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_a_window_does_not_depend_on_what_came_before(count: int, hop: int, seed: int) -> None:
    samples = noise(seed, count)
    starts = range(0, count - WINDOW + 1, hop)
    found = features_motion.windows(samples, hop=hop)
    assert found.shape == (len(starts), 56)
    for start, row in zip(starts, found, strict=True):
        assert row.tolist() == of(samples[start : start + WINDOW]).tolist()


@pytest.mark.parametrize("hop", [16, 32])
def test_context_is_the_statistics_of_the_windows_one_and_two_hops_ago(hop: int) -> None:
    samples = noise(5, 7 * HOP + 5)
    found = features_motion.windows(samples, context=True, hop=hop)
    row = found[:: HOP // hop]  # as the chip sees them
    plain = features_motion.windows(samples)
    for index in range(len(plain)):
        assert row[index, :56].tolist() == plain[index].tolist()
        assert row[index, 56:88].tolist() == plain[max(index - 1, 0), :32].tolist()
        assert row[index, 88:].tolist() == plain[max(index - 2, 0), :32].tolist()


def test_after_a_restart_nothing_is_left_of_before() -> None:
    ffi, lib = sanitized()
    window, context = ffi.new("struct motion_window *"), ffi.new("struct motion_context *")
    features = ffi.new("int16_t[]", 120)
    old, new = noise(1, HOP * 3 + 7).tolist(), noise(2, WINDOW).tolist()
    lib.motion_features_restart(window)
    lib.motion_context_restart(context)
    for sample in old:
        if lib.motion_features_add(window, *sample, features):
            lib.motion_context_add(context, features)
    lib.motion_features_restart(window)
    lib.motion_context_restart(context)
    assert [lib.motion_features_add(window, *sample, features) for sample in new] == [False] * (WINDOW - 1) + [True]
    lib.motion_context_add(context, features)
    expected = of(np.array(new, np.int16)).tolist()
    assert list(features) == expected + expected[:32] * 2


def test_the_state_fits() -> None:
    ffi, _ = sanitized()
    assert ffi.sizeof("struct motion_window") + ffi.sizeof("struct motion_context") <= STATE_BYTES


def test_a_hop_that_does_not_divide_the_chips_is_refused() -> None:
    for hop in (0, 12, 64):
        with pytest.raises(ValueError, match="does not divide 32"):
            features_motion.windows(noise(1), hop=hop)


def test_a_recording_becomes_what_the_sensor_would_give() -> None:
    """Uneven times at about 100 Hz; a ramp through full scale is the same ramp at each 20 ms."""
    time_s = np.cumsum([0.0, *np.tile([0.009, 0.012, 0.010], 40)])
    samples_g = np.outer(time_s, [1.0, -2.5, 0.0])
    counts = features_motion.as_sensor(samples_g, time_s)
    at_s = np.arange(len(counts)) / 50
    assert time_s[-1] - 0.02 <= at_s[-1] < time_s[-1]
    assert counts[:, 0] == pytest.approx(at_s * 1024, abs=0.5)
    assert counts[:, 1] == pytest.approx(np.maximum(-2.5 * at_s * 1024, -2048), abs=0.5)
    assert counts[-1, 1] == -2048
    assert features_motion.as_sensor(-samples_g, time_s)[-1, 1] == 2047


def test_labels_follow_the_samples_and_the_majority() -> None:
    time_s = np.arange(0, 400) / 100
    label = np.repeat([3, 1], [100, 300])
    at_50_hz = features_motion.labels_of_samples(label, time_s)
    assert at_50_hz.tolist() == [3] * 50 + [1] * 150
    assert features_motion.labels_of_windows(at_50_hz).tolist() == [3, 1, 1, 1, 1]
    even = np.repeat([3, 1], HOP)
    assert features_motion.labels_of_windows(even).tolist() == [1]  # as many of each
    assert len(features_motion.labels_of_windows(at_50_hz, hop=8)) == len(features_motion.windows(noise(1, 200), hop=8))


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(InputError, match="not numbers"):
        features_motion.as_sensor(np.array([[0.0, np.nan, 1.0]] * 100), np.arange(100) / 100)
