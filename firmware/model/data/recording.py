"""One recording, and a set of them, whatever they come from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Motion:
    """`samples_g[n, 3]`: force along x, y and z. `time_s[n]`: when each was taken, from 0; it may be uneven.

    `label[n]`: index into the set's labels; it may change within a recording. `session`: recordings of one subject made in one
    go. `source`: the file or its name in the original set.
    """

    samples_g: NDArray[np.float64]
    time_s: NDArray[np.float64]
    label: NDArray[np.intp]
    subject: str
    session: str
    device: str
    source: str

    @property
    def seconds(self) -> float:
        return len(self.samples_g) / self.rate_hz

    @property
    def rate_hz(self) -> float:
        """The mean over the recording."""
        return (len(self.time_s) - 1) / float(self.time_s[-1])


@dataclass(frozen=True, eq=False)
class Sound:
    """`samples[n]`: full scale is 32768, whatever the converter's width. `label`: index into the set's labels.

    `session`: of one speaker, as of Motion.
    """

    samples: NDArray[np.int16]
    rate_hz: float
    label: int
    subject: str
    session: str
    device: str
    source: str

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True)
class MotionSet:
    name: str
    labels: tuple[str, ...]
    recordings: tuple[Motion, ...]
    attribution: str  # empty for a user's own


@dataclass(frozen=True)
class SoundSet:
    name: str
    labels: tuple[str, ...]
    recordings: tuple[Sound, ...]
    attribution: str


def texts(array: NDArray[Any]) -> tuple[str, ...]:
    return tuple(str(text) for text in array)
