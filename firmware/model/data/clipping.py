"""Which samples of a recording are clipped: cut off at the limit of the sensor, the converter or the amplifier before it."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

LONGEST_STEP = 1 / 128  # of full scale: no sensor that fits has less than 8 bits
CONVERTER_STEP = 16  # of a 12 bit converter in 16 bits
LOUD = 8192  # a quarter of full scale
RUN = 3  # samples: the peak of a whole tone of 100 Hz, the lowest that matters, lies within one step for less


def motion(samples_g: NDArray[np.float64], full_scale_g: float) -> NDArray[np.bool_]:
    """One for each row: whether any axis is at full scale."""
    at_limit: NDArray[np.bool_] = np.abs(samples_g).max(axis=1, initial=0) >= full_scale_g * (1 - LONGEST_STEP)
    return at_limit


def sound(samples: NDArray[np.int16]) -> NDArray[np.bool_]:
    """At full scale, or of a flat top: the preamp clips before the converter does, where its supply lets it."""
    wide = samples.astype(np.int32)
    limits = np.iinfo(np.int16)
    at_limit: NDArray[np.bool_] = (wide >= limits.max - CONVERTER_STEP) | (wide == limits.min)
    return at_limit | _flat(wide) | _flat(-wide)


def _flat(samples: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Runs of samples within a step of the highest of all, if that is loud."""
    flat = np.zeros(len(samples), np.bool_)
    if len(samples) < RUN or samples.max() - np.median(samples) < LOUD:
        return flat
    near = samples >= samples.max() - CONVERTER_STEP
    begins = np.flatnonzero(sliding_window_view(near, RUN).all(axis=1))
    for offset in range(RUN):
        flat[begins + offset] = True
    return flat
