"""How the models of words are trained; each setting as chosen by inner folds over the training speakers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.model import forest
from firmware.model.classifier import Classifier, Features, Labels
from firmware.model.evaluation.task import Recipe
from firmware.model.forest import ForestSettings
from firmware.model.network import training as network_training
from firmware.model.network.settings import Settings
from firmware.model.sound import augmentation
from firmware.model.sound.augmentation import Changes
from firmware.model.sound.clips import Clips
from firmware.model.sound.examples import QUIET, WordExamples

CHANGES = Changes(endpoints=1, tempo=0.5, tilt=5, noise=5, length=1.6)
NOISY = 0.5  # share of an epoch's words
FOREST_EPOCHS = 3  # a forest is grown on all of them at once
FOREST = ForestSettings(trees=16, leaves=40, extremely_random=True, tried_features=0.3)

NETWORK = Settings(
    hidden=(54,),
    bits=(4, 4),
    scaled=False,
    epochs=120,
    batch=100,
    learning_rate=8e-3,
    rise=0.15,
    weight_decay=0.1,
    dropout=(0.0, 0.2),
    batch_norm=True,
)


def fit_network(
    training: WordExamples, classes: tuple[str, ...], seed: int, network: Settings, changes: Changes, noisy: float
) -> Classifier:
    def draw(rng: np.random.Generator) -> tuple[Features, Labels]:
        return epoch(training.clips, changes, noisy, rng), training.labels

    return network_training.fit(draw, training.features, classes, network, seed)


def fit_forest(
    training: WordExamples,
    classes: tuple[str, ...],
    seed: int,
    trees: ForestSettings,
    changes: Changes,
    noisy: float,
    epochs: int,
) -> Classifier:
    rng = np.random.default_rng(seed)
    drawn = [training.features, *(epoch(training.clips, changes, noisy, rng) for _ in range(epochs))]
    return forest.fit(np.concatenate(drawn), np.tile(training.labels, len(drawn)), classes, trees, seed)


def epoch(clips: Clips, changes: Changes, noisy: float, rng: np.random.Generator) -> Features:
    """(clips, 97), each of them noisy with this probability, and changed."""
    return augmentation.changed(clips, _conditions(clips, noisy, rng), changes, rng)


def _conditions(clips: Clips, noisy: float, rng: np.random.Generator) -> NDArray[np.intp]:
    quiet = rng.integers(0, len(QUIET), len(clips))
    loud = rng.integers(len(QUIET), clips.conditions, len(clips))
    return np.where(rng.random(len(clips)) < noisy, loud, quiet)


def recipes() -> tuple[Recipe, ...]:
    augmented: dict[str, Any] = {"changes": CHANGES, "noisy": NOISY}
    return (
        Recipe("network", "network", fit_network, {"network": NETWORK, **augmented}, copies=False),
        Recipe("forest", "forest", fit_forest, {"trees": FOREST, "epochs": FOREST_EPOCHS, **augmented}, copies=False),
    )
