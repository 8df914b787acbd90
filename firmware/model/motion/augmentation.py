"""Changed copies of recordings to train on: a watch that sits a little turned, a person who moves faster or slower, a sensor
whose gain is off. They are changed before the sensor: features are computed of them as of any other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from firmware.model.data.recording import Motion

COPIES = 4
SEED = 5
TURN_RAD = 0.12  # standard deviation about each axis
SPEED = (0.88, 1.12)
GAIN = 0.03  # at most; the SC7A20's sensitivity differs more from part to part, but a fixed error is calibrated (?)


def copies(recordings: Sequence[Motion], count: int = COPIES, seed: int = SEED) -> Iterator[Motion]:
    """`count` of each recording, the same for the same seed. Labels move with the samples that they belong to."""
    for index, recording in enumerate(recordings):
        for number in range(count):
            yield changed(recording, np.random.default_rng((seed, number, index)))


def changed(recording: Motion, rng: np.random.Generator) -> Motion:
    turn = rotation(rng.normal(0, TURN_RAD, 3)) * rng.uniform(1 - GAIN, 1 + GAIN)
    return replace(recording, samples_g=recording.samples_g @ turn.T, time_s=recording.time_s / rng.uniform(*SPEED))


def rotation(angles_rad: NDArray[np.float64]) -> NDArray[np.float64]:
    """About x, then y, then z."""
    turn = np.eye(3)
    for axis, angle in enumerate(angles_rad):
        one, other = (axis + 1) % 3, (axis + 2) % 3
        about = np.eye(3)
        about[one, one] = about[other, other] = np.cos(angle)
        about[one, other], about[other, one] = -np.sin(angle), np.sin(angle)
        turn = about @ turn
    return turn
