"""Whether to believe a model: what its results say against it. A model that has learnt nothing is not written."""

import numpy as np

from firmware.model.evaluation.metrics import Scores, scores
from firmware.model.evaluation.results import Answers, Results
from hardware.errors import InputError

STANDARD_ERRORS = 3  # above what guessing gives
WORST_RECALL = 0.5  # below it, the chip misses a class more often than it finds it
SPREAD = 0.05  # of accuracy over seeds: what is left to chance


def check(results: Results) -> tuple[str, ...]:
    """A sentence each. InputError for a model that is no better than to name the most frequent class always."""
    found = scores(results.answers, len(results.classes))
    guessed = _guessed(results.answers)
    error = float(np.sqrt(guessed * (1 - guessed) / len(results.answers.truth)))
    if found.accuracy <= guessed + STANDARD_ERRORS * error:
        raise InputError(
            f"the model is right in {found.accuracy:.0%} of what it had not seen, and to name the most frequent label always in "
            f"{guessed:.0%}: it has learnt nothing, and is not written; record more, or labels that differ more"
        )
    return (*_missed(found, results.classes), *_worst_group(found), *_chance(found))


def _guessed(answers: Answers) -> float:
    return float(np.bincount(answers.truth).max() / len(answers.truth))


def _missed(found: Scores, classes: tuple[str, ...]) -> tuple[str, ...]:
    said = []
    for index, one in enumerate(found.per_class):
        if one.windows and one.recall < WORST_RECALL:
            others = found.confusion[index].copy()
            others[index] = 0
            most = classes[int(others.argmax())]
            said.append(f"{classes[index]!r} is found in {one.recall:.0%} only, and mostly taken for {most!r}")
    return tuple(said)


def _worst_group(found: Scores) -> tuple[str, ...]:
    worst = min(found.per_group, key=lambda group: found.per_group[group])
    if found.per_group[worst] >= WORST_RECALL:
        return ()
    return (f"for {worst!r} it is right in {found.per_group[worst]:.0%} only: see how these recordings differ",)


def _chance(found: Scores) -> tuple[str, ...]:
    if found.spread <= SPREAD:
        return ()
    return (f"accuracy differs by {found.spread:.1%} between seeds, so much of it is chance: record more",)
