"""A recording of the public set, played to the board that make builds: what it tells, and that it computes what training does."""

from itertools import groupby

import numpy as np
import pytest
from boards import new
from numpy.typing import NDArray
from recognition import answer, console, told, watched

from firmware import models
from firmware.model import features_motion, native
from firmware.model.data import motion_sets
from firmware.model.data.recording import Motion
from hardware.errors import InputError
from hardware.virtual_board.motion import Replay
from hardware.virtual_board.samples import Samples

RATE_HZ = 100.0
BOOT_S = 0.1
KIND = models.in_default_image()["motion"]

pytestmark = pytest.mark.skipif(KIND == models.NONE, reason="the image has no model of motion: platformio.ini says so")


def recordings() -> motion_sets.MotionSet:
    try:
        return motion_sets.spsw_har(motion_sets.WATCH)
    except InputError as error:
        pytest.skip(str(error))


def longest(activity: str) -> NDArray[np.float64]:
    """Samples [n, 3] of the longest stretch of one activity, at 100 Hz."""
    found = recordings()
    wanted = found.labels.index(activity)
    best: tuple[float, NDArray[np.float64]] = (0.0, np.empty((0, 3)))
    for one in found.recordings:
        for label, run in groupby(range(len(one.label)), key=lambda i, one=one: int(one.label[i])):  # type: ignore[misc]
            places = list(run)
            from_s, to_s = float(one.time_s[places[0]]), float(one.time_s[places[-1]])
            if label == wanted and to_s - from_s > best[0]:
                best = to_s - from_s, resampled(one, from_s, to_s)
    return best[1]


def resampled(one: Motion, from_s: float, to_s: float) -> NDArray[np.float64]:
    at_s = np.arange(from_s, to_s, 1 / RATE_HZ)
    return np.stack([np.interp(at_s, one.time_s, axis) for axis in one.samples_g.T], axis=1)


def replay(samples_g: NDArray[np.float64]) -> Replay:
    return Replay(tuple(map(tuple, samples_g.tolist())), RATE_HZ)


@pytest.mark.parametrize("activity", ["WALKING", "SEATED"])
def test_the_beacons_tell_the_activity(activity: str) -> None:
    samples_g = longest(activity)
    board = new(motion=replay(samples_g))
    board.run(min(len(samples_g) / RATE_HZ, 20.0))
    assert told(board)[-1] == recordings().labels.index(activity) + 1
    assert answer(board)["name"] == activity


def test_class_and_probability_are_those_that_training_computes() -> None:
    """The windows of three whole recordings, from the same samples of the sensor on the chip and on this machine."""
    samples_g = np.concatenate([resampled(one, 0, float(one.time_s[-1])) for one in recordings().recordings[:3]])
    samples = Samples()
    board = new(motion=replay(samples_g), samples=samples)
    board.run(BOOT_S)
    console(board).request("config", "set", "rest_after_s", 0)  # begins anew
    known = len(samples.motion)
    windows = watched(board, len(samples_g) / RATE_HZ)
    taken = [counts for _, counts in samples.motion[known:]]
    features = features_motion.windows(np.array(taken, np.int16), context=True)
    ffi, lib = native.load("motion-model", (f"{models.GENERATED}/motion_{KIND}",))
    inputs, classes = getattr(lib, f"motion_{KIND}_FEATURES"), getattr(lib, f"motion_{KIND}_CLASSES")
    out = ffi.new("uint16_t[]", classes)
    expected = []
    for row in features[: len(windows)]:
        given = np.ascontiguousarray(row[:inputs])
        likeliest = getattr(lib, f"motion_{KIND}_predict_proba")(ffi.cast("int16_t *", given.ctypes.data), inputs, out, classes)
        expected.append((likeliest + 1, out[likeliest]))
    assert len(windows) > 20
    assert [(int(window["likeliest"]), int(window["share"])) for window in windows] == expected
    assert len({likeliest for likeliest, _ in expected}) >= 4
