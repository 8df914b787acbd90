"""Probabilities from logits in whole numbers, with one division.

A logit counts in 1/256 octave: 256 more is twice as probable. 2^x for x in 0..1 is taken as 1 + x (0.65625 + 0.34375 x), right
to 0.33 %, exact at both ends, and rising at each step, so that the order of logits is that of probabilities.
"""

import numpy as np
from numpy.typing import NDArray

from firmware.model.network.dense import Sums

FRACTION_BITS = 8
OCTAVE = 1 << FRACTION_BITS
ONE = 1 << 16
LINEAR, QUADRATIC = 43008, 88  # of x in 1/256, for 1 in 1/65536: LINEAR + 256 * QUADRATIC = 65536
LEAST_OCTAVES = 17  # below the largest: nothing is left of 2 * ONE
MOST_CLASSES = 128  # with more, the likeliest two of different logits could come out equal


def exponentials(logits: Sums) -> NDArray[np.uint32]:
    """2^(logit - largest of the row), in 1/65536."""
    below = logits.astype(np.int64).max(axis=-1, keepdims=True) - logits
    octaves = (below + OCTAVE - 1) >> FRACTION_BITS
    fraction = (octaves << FRACTION_BITS) - below
    mantissa = ONE + (fraction * (LINEAR + QUADRATIC * fraction) >> FRACTION_BITS)
    return np.where(octaves > LEAST_OCTAVES, 0, mantissa >> np.minimum(octaves, LEAST_OCTAVES)).astype(np.uint32)


def probabilities(logits: Sums) -> NDArray[np.uint16]:
    """In 1/65535, (n, classes). They add up to 65535 or, rounded down, up to two per class less."""
    parts = exponentials(logits).astype(np.uint64)
    share = np.uint64(2**32 - 1) // parts.sum(axis=-1, keepdims=True)
    found: NDArray[np.uint16] = (parts * share >> np.uint64(16)).astype(np.uint16)
    return found
