"""Each fold's models, one a seed, and what they say of the people whom they have not seen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeClassifier
from threadpoolctl import threadpool_limits

from firmware.model.classifier import Classifier, Features, Labels, Probabilities
from firmware.model.evaluation import folds
from firmware.model.evaluation.folds import Fold
from firmware.model.evaluation.host_check import Mismatches, mismatches
from firmware.model.evaluation.results import Answers, Results
from firmware.model.evaluation.task import Data, Examples, Recipe, Task

SENSORLESS_LEAF = 20  # examples: enough that a leaf's majority means something

Progress = Callable[[], None]  # called after each model


@dataclass(frozen=True, eq=False)
class _Answer:
    """One model's, on what its fold holds out. `place`: index of fold and of seed, as models are ready in any order."""

    place: tuple[int, int]
    probabilities: Probabilities
    stress: Mapping[str, Probabilities]
    mismatches: Mismatches


def evaluate(task: Task, recipe: Recipe, data: Data, jobs: int = -1, progress: Progress = lambda: None) -> Results:
    """`jobs`: processes, -1 for one a core; it does not change the results."""
    held_out = folds.split(data.test, task.folds)
    answers = _answers(recipe, data, held_out, task.seeds, jobs, progress)
    return Results(
        task=task.place,
        recipe=recipe.name,
        kind=recipe.kind,
        classes=data.classes,
        protocol=task.protocol,
        seeds=task.seeds,
        answers=_joined(data.test, held_out, len(task.seeds), {at: one.probabilities for at, one in answers.items()}),
        stress={
            name: _joined(examples, held_out, len(task.seeds), {at: one.stress[name] for at, one in answers.items()})
            for name, examples in data.stress.items()
        },
        sensorless=None if data.sensorless is None else sensorless(data.sensorless, data.test, held_out),
        mismatches=sum((one.mismatches for one in answers.values()), Mismatches(0, 0)),
    )


def models(task: Task, data: Data) -> int:
    """How many `evaluate` trains."""
    return len(folds.split(data.test, task.folds)) * len(task.seeds)


def fit(recipe: Recipe, classes: tuple[str, ...], training: Examples, seed: int) -> Classifier:
    """Of data.examples(recipe) or a part of them. On one thread: sums in another order would give another model."""
    with threadpool_limits(1):
        return recipe.fit(training, classes, seed, **recipe.settings)


def sensorless(known: NDArray[np.int64], test: Examples, held_out: Sequence[Fold]) -> Labels:
    """What a tree says of each example that sees only what is known without a sensor, held out as the models are."""
    found = np.empty(len(test), np.intp)
    for fold in held_out:
        unseen = np.isin(test.groups, sorted(fold.held_out))
        tree = DecisionTreeClassifier(min_samples_leaf=SENSORLESS_LEAF, random_state=0)
        found[unseen] = tree.fit(known[~unseen], test.labels[~unseen]).predict(known[unseen])
    return found


def _answers(
    recipe: Recipe, data: Data, held_out: Sequence[Fold], seeds: Sequence[int], jobs: int, progress: Progress
) -> dict[tuple[int, int], _Answer]:
    examples = data.examples(recipe)
    work = (
        joblib.delayed(_one)(recipe, data.classes, fold.training(examples), _unseen(data, recipe, fold), seed, (at, seed_at))
        for at, fold in enumerate(held_out)
        for seed_at, seed in enumerate(seeds)
    )
    found = {}
    for answer in _each(joblib.Parallel(jobs, return_as="generator_unordered")(work)):
        found[answer.place] = answer
        progress()
    return found


def _each(ready: Any) -> Iterator[_Answer]:
    yield from ready


def _unseen(data: Data, recipe: Recipe, fold: Fold) -> dict[str, Features]:
    """Features of the test examples under the name "", and those of each stress test."""
    named = {"": data.test, **data.stress}
    return {name: fold.test(examples).columns(recipe.columns).features for name, examples in named.items()}


def _one(
    recipe: Recipe,
    classes: tuple[str, ...],
    training: Examples,
    unseen: Mapping[str, Features],
    seed: int,
    place: tuple[int, int],
) -> _Answer:
    model = fit(recipe, classes, training, seed)
    said = {name: model.predict_proba(features) for name, features in unseen.items()}
    differing = mismatches(model, unseen[""])
    return _Answer(place, said.pop(""), said, differing)


def _joined(examples: Examples, held_out: Sequence[Fold], seeds: int, parts: Mapping[tuple[int, int], Probabilities]) -> Answers:
    """The folds' answers in the order of the examples."""
    classes = next(iter(parts.values())).shape[1]
    probabilities = np.zeros((seeds, len(examples), classes), np.uint16)
    for (fold_at, seed_at), part in parts.items():
        probabilities[seed_at, np.isin(examples.groups, sorted(held_out[fold_at].held_out))] = part
    return Answers(probabilities, examples.labels, examples.groups)
