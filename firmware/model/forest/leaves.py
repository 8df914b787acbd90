"""What the leaves of a forest say, made to fit into few bytes: a small number of distributions that they share, in 1/128.

Sums of such fractions are exact in floating point. So what scikit-learn makes of them has no rounding but that of the mean
over the trees, which keeps order and ties.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

ONE = 128  # what a distribution sums up to

Distributions = NDArray[np.float64]


def share(estimator: Any, count: int, seed: int) -> None:
    """Give each leaf the nearest of at most `count` distributions, found by k-means; a leaf weighs what it holds of examples."""
    trees = [each.tree_ for each in estimator.estimators_]
    leaves = [tree.children_left < 0 for tree in trees]
    values = np.concatenate([tree.value[leaf, 0] for tree, leaf in zip(trees, leaves, strict=True)])
    weight = np.concatenate([tree.weighted_n_node_samples[leaf] for tree, leaf in zip(trees, leaves, strict=True)])
    shared = _codebook(values, weight, count, seed)
    at = 0
    for tree, leaf in zip(trees, leaves, strict=True):
        tree.value[leaf, 0] = shared[at : at + leaf.sum()]
        at += leaf.sum()


def _codebook(values: Distributions, weight: NDArray[np.float64], count: int, seed: int) -> Distributions:
    fine = rounded(values)
    if len(np.unique(fine, axis=0)) <= count:
        return fine
    with threadpool_limits(1):  # sums in another order would give other means
        means = KMeans(count, n_init=4, random_state=seed).fit(values, sample_weight=weight)
    found: Distributions = rounded(means.cluster_centers_)[means.labels_]
    return found


def rounded(distributions: Distributions) -> Distributions:
    """In whole 1/128 whose sum stays 1: the largest remainders are rounded up, of equal ones the first."""
    exact = distributions * ONE
    whole = np.floor(exact)
    missing = np.rint(ONE - whole.sum(axis=1)).astype(np.intp)
    order = np.argsort(whole - exact, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    result: Distributions = (whole + (rank < missing[:, None])) / ONE
    return result
