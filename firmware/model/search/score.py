"""One training: right answers on the folds that it left out, and what the model costs."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from firmware.model.classifier import Classifier, predict
from firmware.model.evaluation.folds import Fold
from firmware.model.evaluation.out_of_fold import fit
from firmware.model.evaluation.task import Cost, Data, Recipe

Measure = Callable[[Path, str], Cost]
NAME = "candidate"


@dataclass(frozen=True)
class Score:
    """`right[i]` of `windows[i]`: of the i-th fold that was left out."""

    right: tuple[int, ...]
    windows: tuple[int, ...]
    cost: Cost

    @staticmethod
    def of(kept: dict[str, Any]) -> "Score":
        """From what `score` returns. Raises KeyError or TypeError for anything else."""
        return Score(tuple(kept["right"]), tuple(kept["windows"]), Cost(**kept["cost"]))


def score(data: Data, recipe: Recipe, left_out: Sequence[Fold], seed: int, measure: Measure) -> dict[str, Any]:
    """A Score as JSON. Nobody in `left_out` is trained on."""
    examples = data.examples(recipe)
    everybody = Fold(frozenset(group for fold in left_out for group in fold.held_out))
    model = fit(recipe, data.classes, everybody.training(examples), seed)
    tests = [fold.test(data.test).columns(recipe.columns) for fold in left_out]
    right = [int(np.count_nonzero(predict(model, test.features) == test.labels)) for test in tests]
    cost = _cost(model, measure)
    return {"right": right, "windows": [len(test) for test in tests], "cost": vars(cost)}


def _cost(model: Classifier, measure: Measure) -> Cost:
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / NAME
        model.save(file, NAME)
        return measure(file.with_name(f"{NAME}.c"), NAME)
