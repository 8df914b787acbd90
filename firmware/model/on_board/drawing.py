"""An order of draw of which every beginning has each stratum in its share."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SEED = 1


def in_shares(strata: Sequence[int], seed: int = SEED) -> NDArray[np.intp]:
    """Indices of all elements; at random within a stratum. A smaller sample is a part of a larger one."""
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(len(strata))
    of = np.asarray(strata)[shuffled]
    place = np.empty(len(strata))
    for stratum in np.unique(of):
        members = np.flatnonzero(of == stratum)
        place[members] = (np.arange(len(members)) + 0.5) / len(members)
    order: NDArray[np.intp] = shuffled[np.argsort(place, kind="stable")]
    return order
