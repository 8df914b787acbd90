"""How models of motion are made. Settings were chosen on the subjects with odd numbers alone, in 4 folds of them."""

from collections.abc import Mapping
from typing import Any

from firmware.model import features_motion, forest
from firmware.model.evaluation.task import Examples, Recipe
from firmware.model.network.quantised import QuantisedNetwork
from firmware.model.network.settings import Settings
from firmware.model.network.training import fit_arrays

# More hidden units, or 8 bits, did not add more than what seeds differ by; 12 units lose .005.
FOREST: Mapping[str, Any] = {"trees": 16, "leaves": 32, "tried_features": 0.1}
NETWORK: Mapping[str, Any] = {"hidden": (14,), "bits": (4, 8)}
NETWORK_WITHOUT_CONTEXT: Mapping[str, Any] = {"hidden": (24,), "bits": (4, 8)}


def recipes() -> tuple[Recipe, ...]:
    own = features_motion.constant("FEATURES")
    past = features_motion.constant("STATISTICS_OF_ALL")
    runs = (own, *[past] * features_motion.constant("PAST_WINDOWS"))  # the past is scaled as the present
    return (
        Recipe("network", "network", fit_network, {**NETWORK, "runs": runs}),
        Recipe("forest", "forest", fit_forest, FOREST),
        Recipe("network_without_context", "network", fit_network, NETWORK_WITHOUT_CONTEXT, own, shipped=False),
        Recipe("forest_without_context", "forest", fit_forest, FOREST, own, shipped=False),
    )


def fit_network(training: Examples, classes: tuple[str, ...], seed: int, **settings: Any) -> QuantisedNetwork:
    return fit_arrays(training.features, training.labels, classes, Settings(**settings), seed)


def fit_forest(training: Examples, classes: tuple[str, ...], seed: int, **settings: Any) -> forest.Forest:
    return forest.fit(training.features, training.labels, classes, forest.ForestSettings(**settings), seed)
