"""What the models of all folds said of people whom they had not seen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.model.classifier import Labels
from firmware.model.evaluation.host_check import Mismatches
from firmware.model.evaluation.task import Cost, Groups


@dataclass(frozen=True, eq=False)
class Answers:
    """`probabilities[seeds, n, classes]`, each from the model of the fold that held the example's group out."""

    probabilities: NDArray[np.uint16]
    truth: Labels
    groups: Groups

    @property
    def predicted(self) -> NDArray[np.intp]:
        """[seeds, n]"""
        found: NDArray[np.intp] = self.probabilities.argmax(axis=2)
        return found

    @property
    def confidence(self) -> NDArray[np.float64]:
        """[seeds, n], 0 to 1: the probability of the class that was given."""
        found: NDArray[np.float64] = self.probabilities.max(axis=2) / np.iinfo(np.uint16).max
        return found


@dataclass(frozen=True, eq=False)
class Results:
    """`sensorless[n]`: what a model without the sensor says of each example, None where there is no such."""

    task: str
    recipe: str
    kind: str
    classes: tuple[str, ...]
    protocol: str
    seeds: tuple[int, ...]
    answers: Answers
    stress: Mapping[str, Answers]
    sensorless: Labels | None
    mismatches: Mismatches
    cost: Cost | None = None
