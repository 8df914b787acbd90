"""How models of motion are made. Settings were chosen on the subjects with odd numbers alone, in 4 folds of them."""

from collections.abc import Mapping
from typing import Any

from firmware.model import features_motion, forest
from firmware.model.evaluation.task import Examples, Recipe

FOREST: Mapping[str, Any] = {"trees": 20, "leaves": 32}
WITHOUT_CONTEXT = 56  # features


def recipes() -> tuple[Recipe, ...]:
    """Copies help the network and cost a forest 1 % of accuracy: its few leaves go to what the copies blur."""
    one_window = features_motion.constant("FEATURES")
    return (
        Recipe("forest", "forest", fit_forest, FOREST, copies=False),
        Recipe("forest_without_context", "forest", fit_forest, FOREST, one_window, copies=False, shipped=False),
    )


def fit_forest(training: Examples, classes: tuple[str, ...], seed: int, **settings: Any) -> forest.Forest:
    return forest.fit(training.features, training.labels, classes, forest.ForestSettings(**settings), seed)
