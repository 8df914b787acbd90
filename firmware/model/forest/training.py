"""Training of a forest that fits into a few kilobytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

from firmware.model.classifier import Features, Labels
from firmware.model.forest import grid, leaves
from firmware.model.forest.model import MOST_TREES, Forest
from hardware.errors import InputError

LEAST_SHARE = 0.02  # of the vote, so that no single example, a wrong label perhaps, gets all weight


@dataclass(frozen=True)
class ForestSettings:
    """A tree takes about 3.5 bytes a leaf, a distribution a byte a class."""

    trees: int = 16
    leaves: int = 32
    """At most, of each tree: the best means to trade accuracy for size."""
    distributions: int = 16
    """At most, which all leaves share."""
    leaf_examples: int = 5
    """At least."""
    tried_features: float = 0.3
    """Share of the features among which each node takes the best one."""
    focus: float = 1.5
    """How much each tree is trained on what the trees before it got wrong; 0: not at all, as in any random forest."""
    extremely_random: bool = False
    """Draw thresholds by lot (ExtraTrees), in place of the examples (RandomForest)."""


def fit(features: Features, labels: Labels, classes: Sequence[str], settings: ForestSettings, seed: int) -> Forest:
    """Of examples (n, features), whose labels (n,) are places in `classes`. Raises InputError for what cannot be learned."""
    _check(features, labels, classes)
    if not 0 < settings.trees <= MOST_TREES:
        raise InputError(f"a forest has 1 to {MOST_TREES} trees: change the settings")
    shift = grid.shifts(features)
    kind = ExtraTreesClassifier if settings.extremely_random else RandomForestClassifier
    estimator = kind(
        1,
        warm_start=True,
        max_leaf_nodes=settings.leaves,
        min_samples_leaf=settings.leaf_examples,
        max_features=settings.tried_features,
        random_state=seed,
    )
    _grow(estimator, features >> shift, labels, settings)
    grid.unshift_thresholds(estimator, shift)
    leaves.share(estimator, settings.distributions, seed)
    return Forest(estimator, tuple(classes), shift)


def _grow(estimator: Any, features: Features, labels: Labels, settings: ForestSettings) -> None:
    """Tree by tree: an example weighs 1 / p^focus, p being the share of its class in the vote of the trees so far.

    With focus 1 this is the gradient of the likelihood of a mean of distributions, which is what the forest's vote is: boosting
    of mixtures, as Rosset and Segal (Boosting density estimation, NIPS 2002) do it. On motion it adds .015 of accuracy.
    """
    votes = np.zeros(len(labels))
    weights = np.ones(len(labels))
    for trees in range(1, settings.trees + 1):
        estimator.set_params(n_estimators=trees).fit(features, labels, sample_weight=weights)
        votes += estimator.estimators_[-1].predict_proba(features)[np.arange(len(labels)), labels]
        weights = np.maximum(votes / trees, LEAST_SHARE) ** -settings.focus


def _check(features: Features, labels: Labels, classes: Sequence[str]) -> None:
    if features.dtype != np.int16 or features.ndim != 2 or len(features) != len(labels):
        raise InputError("a forest learns from int16 features (n, features) with a label each: convert them")
    missing = [name for place, name in enumerate(classes) if place not in labels]
    if missing:
        raise InputError(f"there is no example of {', '.join(missing)}: record some, or leave the class out")
    if labels.min() < 0 or labels.max() >= len(classes):
        raise InputError(f"the labels are 0 to {len(classes) - 1}, one for each class: number them so")
    if len(classes) < 2:
        raise InputError("there is only one class: record a second one to tell it from")
