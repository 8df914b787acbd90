"""Training of a forest that fits into a few kilobytes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

from firmware.model.classifier import Features, Labels
from firmware.model.forest import grid, leaves
from firmware.model.forest.model import MOST_TREES, Forest
from hardware.errors import InputError


@dataclass(frozen=True)
class ForestSettings:
    """A tree takes about 3.5 bytes a leaf, a distribution a byte a class."""

    trees: int = 20
    leaves: int = 32
    """At most, of each tree: the best means to trade accuracy for size."""
    distributions: int = 64
    """At most, which all leaves share."""
    leaf_examples: int = 5
    """At least."""
    tried_features: float = 0.1
    """Share of the features among which each node takes the best one."""
    extremely_random: bool = False
    """Draw thresholds by lot (ExtraTrees), in place of the examples (RandomForest)."""
    balanced: bool = False
    """Weigh the examples so that all classes count the same."""


def fit(features: Features, labels: Labels, classes: Sequence[str], settings: ForestSettings, seed: int) -> Forest:
    """Of examples (n, features), whose labels (n,) are places in `classes`. Raises InputError for what cannot be learned."""
    _check(features, labels, classes)
    if not 0 < settings.trees <= MOST_TREES:
        raise InputError(f"a forest has 1 to {MOST_TREES} trees: change the settings")
    shift = grid.shifts(features)
    kind = ExtraTreesClassifier if settings.extremely_random else RandomForestClassifier
    estimator = kind(
        settings.trees,
        max_leaf_nodes=settings.leaves,
        min_samples_leaf=settings.leaf_examples,
        max_features=settings.tried_features,
        class_weight="balanced" if settings.balanced else None,
        random_state=seed,
    )
    estimator.fit(features >> shift, labels)
    grid.unshift_thresholds(estimator, shift)
    leaves.share(estimator, settings.distributions, seed)
    return Forest(estimator, tuple(classes), shift)


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
