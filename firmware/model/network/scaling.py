"""From features to what the first layer takes: 8 bits, of which 128 stands for the usual value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_SHIFT, MOST_SHIFT = -8, 6  # 15 values: a left shift of 0 to 14 and a common one to the right, within 32 bits
ZERO = 128
DEVIATIONS = 2.5  # from the usual value to the limit: beyond, features are cut off

Levels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Scaling:
    """level = 128 + floor((feature - offset) * 2^shift), within 0 and 255.

    `runs`: the features are these many, one run after the other, and each run begins again with the first offset and shift: the
    same quantity at another time needs no table of its own.
    """

    offsets: NDArray[np.int16]
    shifts: NDArray[np.int8]
    runs: tuple[int, ...]

    def __post_init__(self) -> None:
        """Raises ValueError for what the C code cannot do."""
        if self.offsets.dtype != np.int16 or self.shifts.dtype != np.int8 or self.offsets.shape != self.shifts.shape:
            raise ValueError("offsets must be int16, shifts int8, and as many")
        if not self.runs or min(self.runs) < 1 or max(self.runs) != len(self.offsets):
            raise ValueError(f"runs of {self.runs} features do not go with {len(self.offsets)} offsets")
        if self.shifts.min() < LEAST_SHIFT or self.shifts.max() > MOST_SHIFT:
            raise ValueError(f"a shift is beyond {LEAST_SHIFT} to {MOST_SHIFT}")

    @property
    def features(self) -> int:
        return sum(self.runs)

    def levels(self, features: NDArray[np.int16]) -> Levels:
        """Of (n, features)."""
        entry = _entries(self.runs)
        above = features.astype(np.int32) - self.offsets[entry]
        scaled = above << (self.shifts[entry] - LEAST_SHIFT) >> -LEAST_SHIFT
        levels: Levels = np.clip(scaled + ZERO, 0, 255).astype(np.uint8)
        return levels


def fit(calibration: NDArray[np.int16], runs: tuple[int, ...] = ()) -> Scaling:
    """Mean to 128, and 2.5 standard deviations to about 127 from there, of (n, features).

    `runs` as of Scaling; if not said, each feature has its own. Of a feature that is in several runs, the first one decides.
    """
    runs = runs or (calibration.shape[1],)
    first = calibration[:, _starts(runs)].astype(np.float64)
    with np.errstate(divide="ignore"):
        shifts = np.rint(np.log2((ZERO - 1) / (DEVIATIONS * first.std(axis=0))))
    shifts = np.clip(shifts, LEAST_SHIFT, MOST_SHIFT)
    return Scaling(np.rint(first.mean(axis=0)).astype(np.int16), shifts.astype(np.int8), runs)


def unscaled(features: int) -> Scaling:
    """For features that are within -128 and 127 and alike in spread."""
    return Scaling(np.zeros(features, np.int16), np.zeros(features, np.int8), (features,))


def _entries(runs: tuple[int, ...]) -> NDArray[np.intp]:
    """The table's entry of each feature."""
    return np.concatenate([np.arange(length) for length in runs])


def _starts(runs: tuple[int, ...]) -> NDArray[np.intp]:
    """The feature that each entry of the table is first used for."""
    return np.unique(_entries(runs), return_index=True)[1]
