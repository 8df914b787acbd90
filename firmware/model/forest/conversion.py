"""A forest of scikit-learn as plain arrays, by emlearn, with its thresholds put right.

scikit-learn goes left if x <= t. emlearn 0.23.2 cuts t to an integer towards 0, and its C goes left if x < t: of forests on
integer features 2 to 10 % of the predictions differ. With floor(t) + 1 in place of t both mean the same for all integers.
"""

import copy
from dataclasses import dataclass
from typing import Any

import emlearn
import numpy as np

from firmware.model.forest.leaves import ONE

EMLEARN_ONE = 254  # of its leaves in 8 bits: round(254 p), but 255 for 254


@dataclass(frozen=True)
class Node:
    """Go to `below` if feature < threshold, else to `above`: the place of a node, or -1 - that of a distribution."""

    feature: int
    threshold: int
    below: int
    above: int


@dataclass(frozen=True)
class Arrays:
    nodes: tuple[Node, ...]
    """Of all trees, in preorder."""
    roots: tuple[int, ...]
    distributions: tuple[tuple[int, ...], ...]
    """In 1/128 a class."""


def with_right_thresholds(estimator: Any) -> Any:
    """A copy that emlearn converts to what `estimator` does on integers."""
    mended = copy.deepcopy(estimator)
    for tree in (each.tree_ for each in mended.estimators_):
        inner = tree.children_left >= 0
        tree.threshold[inner] = np.floor(tree.threshold[inner]) + 1
    return mended


def convert(estimator: Any) -> Arrays:
    """Its leaves hold multiples of 1/128, which the 8 bits of emlearn tell apart."""
    wrapper = emlearn.convert(with_right_thresholds(estimator), method="inline", dtype="int16_t", leaf_bits=8)
    nodes, roots, distributions = wrapper.forest_
    return Arrays(
        nodes=tuple(Node(int(feature), int(threshold), below, above) for feature, threshold, below, above in nodes),
        roots=tuple(roots),
        distributions=tuple(
            tuple(round(min(int(value), EMLEARN_ONE) * ONE / EMLEARN_ONE) for value in leaf) for leaf in distributions
        ),
    )
