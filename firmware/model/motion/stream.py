"""A recording as the chip has it: counts of the accelerometer at 50 Hz."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.model import features_motion
from firmware.model.data.recording import Motion


@dataclass(frozen=True, eq=False)
class Stream:
    """`counts[n, 3]`, `label[n]`. `group`: held out together. `seams`: samples before which something was cut out or put in."""

    counts: NDArray[np.int16]
    label: NDArray[np.intp]
    group: str
    seams: NDArray[np.intp]


def of(recording: Motion, group: str) -> Stream:
    return Stream(
        features_motion.as_sensor(recording.samples_g, recording.time_s),
        features_motion.labels_of_samples(recording.label, recording.time_s),
        group,
        np.empty(0, np.intp),
    )
