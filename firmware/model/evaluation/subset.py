"""How good a model is that is asked for some of its classes only, such as a few keywords: all others are one, unknown.

An answer is unknown if the likeliest class is none of those asked for, as on the chip.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score

from firmware.model.evaluation.metrics import accuracy_and_f1
from firmware.model.evaluation.results import Results
from hardware.errors import InputError


@dataclass(frozen=True)
class OfSubset:
    """Means over seeds. `f1`: macro, unknown being one class of it. `f1_asked`: of those asked for alone."""

    accuracy: float
    f1: float
    f1_asked: float


def of_classes(results: Results, names: Sequence[str]) -> OfSubset:
    """Raises InputError for a class that the model has not."""
    for name in names:
        if name not in results.classes:
            raise InputError(f"the model has no class {name!r}: say some of {','.join(results.classes)}")
    asked = [results.classes.index(name) for name in names]
    unknown = len(results.classes)
    merged = np.array([place if place in asked else unknown for place in range(unknown)])
    truth, predicted = merged[results.answers.truth], merged[results.answers.predicted]
    each = [accuracy_and_f1(truth, of_seed) for of_seed in predicted]
    asked_alone = [f1_score(truth, of_seed, labels=asked, average="macro", zero_division=0) for of_seed in predicted]
    accuracy, f1 = np.mean(each, axis=0).tolist()
    return OfSubset(accuracy, f1, float(np.mean(asked_alone)))
