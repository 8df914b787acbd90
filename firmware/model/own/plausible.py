"""What single recordings, each right in its form, show when they are looked at: a wrong unit, a dead sensor, a copy."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from firmware.model.data.recording import Motion, Sound
from hardware.errors import InputError

REST_G = (0.5, 1.5)  # of the median: gravity, with the largest error that a calibration may have
STILL_COUNTS = 2  # of 16 bits: what a working microphone never goes below for a whole recording


def motion(recordings: Sequence[Motion]) -> None:
    """InputError for the first one that cannot be true."""
    for one in recordings:
        force_g = float(np.median(np.linalg.norm(one.samples_g, axis=1)))
        if not REST_G[0] <= force_g <= REST_G[1]:
            raise InputError(
                f"{one.source} has {force_g:.2f} g in its middle, where gravity gives 1: "
                "write its values in g (divide m/s2 by 9.81), or correct offset_g"
            )
        if np.ptp(one.samples_g, axis=0).max() == 0:
            raise InputError(f"{one.source} never changes, so nothing was measured: record it again")
    _check_copies([(one.source, one.samples_g.tobytes()) for one in recordings])


def sound(recordings: Sequence[Sound]) -> None:
    """Likewise."""
    for one in recordings:
        if np.ptp(one.samples) <= STILL_COUNTS:
            raise InputError(f"{one.source} is silent, so nothing was heard: record it again")
    _check_copies([(one.source, one.samples.tobytes()) for one in recordings])


def _check_copies(recordings: Sequence[tuple[str, bytes]]) -> None:
    """The same recording in training and test would be known by heart."""
    for (first, content), (second, other) in pairwise(sorted(recordings, key=lambda one: (one[1], one[0]))):
        if content == other:
            raise InputError(f"{first} and {second} are the same recording: remove one")
