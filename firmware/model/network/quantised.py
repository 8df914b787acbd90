"""The network in integers, exactly as the C code computes it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.model.network import softmax, source
from firmware.model.network.dense import Dense, Sums
from firmware.model.network.scaling import Scaling

ROWS = 4096  # at once: what they need stays in the cache


@dataclass(frozen=True, eq=False)
class QuantisedNetwork:
    """Features to levels, hidden layers with what is below 0 cut off (ReLU), logits of the classes, probabilities."""

    classes: tuple[str, ...]
    scaling: Scaling
    layers: tuple[Dense, ...]

    def __post_init__(self) -> None:
        """Raises ValueError for parts that do not go together."""
        sizes = [self.scaling.features, *(layer.units for layer in self.layers)]
        if not self.layers or [layer.inputs for layer in self.layers] != sizes[:-1]:
            raise ValueError("a layer's inputs are not as many as the units before it")
        if sizes[-1] != len(self.classes):
            raise ValueError(f"the last layer has {sizes[-1]} units for {len(self.classes)} classes")
        if not 2 <= len(self.classes) <= softmax.MOST_CLASSES:
            raise ValueError(f"a network has 2 to {softmax.MOST_CLASSES} classes, not {len(self.classes)}")

    @property
    def kind(self) -> str:
        return "network"

    @property
    def features(self) -> int:
        return self.scaling.features

    def logits(self, features: NDArray[np.int16]) -> Sums:
        """(n, classes) in 1/256 octave, of (n, features). Raises ValueError for another number of features."""
        if features.dtype != np.int16 or features.ndim != 2 or features.shape[1] != self.features:
            raise ValueError(f"features must be int16 (n, {self.features}), not {features.dtype} {features.shape}")
        found = np.empty((len(features), len(self.classes)), np.int32)
        for at in range(0, len(features), ROWS):
            levels = self.scaling.levels(features[at : at + ROWS])
            for layer in self.layers[:-1]:
                levels = layer.activations(levels)
            found[at : at + ROWS] = self.layers[-1].sums(levels)
        return found

    def predict_proba(self, features: NDArray[np.int16]) -> NDArray[np.uint16]:
        """(n, classes) in 1/65535."""
        return softmax.probabilities(self.logits(features))

    def predict(self, features: NDArray[np.int16]) -> NDArray[np.intp]:
        """(n,) the likeliest class, the first one of several."""
        likeliest: NDArray[np.intp] = np.argmax(self.logits(features), axis=1)
        return likeliest

    def save(self, file: Path, name: str, about: str = "") -> None:
        """Write file.h and file.c, whose names begin with `name`; `about` is the comment at the head of both.

        Raises ValueError for a name that is none in C, or a comment that C would not take for one.
        """
        source.write(self.classes, self.scaling, self.layers, file, name, about)
