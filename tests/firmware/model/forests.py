"""Small forests for tests, what they are asked, and their C as a library."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.model import native
from firmware.model.forest import Forest, ForestSettings, fit

STRICT = (*native.OPTIMISED, "-Werror", "-fsanitize=undefined", "-fno-sanitize-recover=all")
SMALL = ForestSettings(trees=7, leaves=12, distributions=20, tried_features=0.5)
CLASSES = ("still", "walk", "turn")

Features = NDArray[np.int16]
Labels = NDArray[np.intp]


def examples(count: int = 400, features: int = 6, seed: int = 1) -> tuple[Features, Labels]:
    """Three overlapping classes; features of different magnitude, from a few steps to all of 16 bits."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, len(CLASSES), count)
    scale = np.geomspace(3, 9000, features)
    values = (rng.normal(0, 1, (count, features)) + labels[:, None]) * scale
    return np.clip(np.rint(values), -(2**15), 2**15 - 1).astype(np.int16), labels


def trained(settings: ForestSettings = SMALL, seed: int = 1) -> Forest:
    return fit(*examples(), CLASSES, settings, seed)


def on_thresholds(forest: Forest, count: int = 500) -> Features:
    """Random features, each of which is a threshold of the forest's, or next to one."""
    rng = np.random.default_rng(2)
    found = np.zeros((count, forest.estimator.n_features_in_), np.int64)
    for feature in range(found.shape[1]):
        trees = [each.tree_ for each in forest.estimator.estimators_]
        limits = np.concatenate([[0], *(np.ceil(tree.threshold[tree.feature == feature]) for tree in trees)])
        found[:, feature] = rng.choice(limits, count) + rng.integers(-1, 2, count)
    return np.clip(found, -(2**15), 2**15 - 1).astype(np.int16)


def compiled(forest: Forest, folder: Path, name: str = "some_forest") -> Callable[[Features], tuple[list[int], list[list[int]]]]:
    """Saves and compiles it; what is given back asks the C for the classes and the probabilities of features."""
    forest.save(folder / name, name)
    ffi, lib = native.load(name, (str(folder / name),), STRICT)
    out = ffi.new("uint16_t[]", len(forest.classes))

    def predict(features: Features) -> tuple[list[int], list[list[int]]]:
        classes, probabilities = [], []
        for row in np.ascontiguousarray(features):
            window = ffi.from_buffer("int16_t[]", row)
            classes.append(getattr(lib, f"{name}_predict_proba")(window, len(row), out, len(out)))
            probabilities.append(list(out))
            assert getattr(lib, f"{name}_predict")(window, len(row)) == classes[-1]
        return classes, probabilities

    return predict
