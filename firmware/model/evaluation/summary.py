"""Results as one JSON object."""

from typing import Any

import numpy as np

from firmware.model.evaluation.metrics import Scores, accuracy_and_f1, coverage, scores
from firmware.model.evaluation.results import Results

DIGITS = 4
COVERAGES = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)


def summarise(results: Results) -> dict[str, Any]:
    """`windows` counts what was tested, a clip of sound being one. `mismatches_c_vs_python`: windows of all folds and seeds for
    which the generated C gives another class than Python, and `mismatches_of_confidence` another probability of any class.
    """
    found = scores(results.answers, len(results.classes))
    curve = coverage(results.answers)
    return {
        "task": results.task,
        "model": results.recipe,
        "kind": results.kind,
        "protocol": results.protocol,
        "accuracy": _rounded(found.accuracy),
        "f1": _rounded(found.f1),
        "seeds": {
            "used": list(results.seeds),
            "accuracy": [_rounded(accuracy) for accuracy in found.per_seed],
            "standard_deviation": _rounded(found.spread),
        },
        "windows": len(results.answers.truth),
        "mismatches_c_vs_python": results.mismatches.classes,
        "mismatches_of_confidence": results.mismatches.probabilities,
        "model_flash_bytes": results.cost.flash_bytes if results.cost else None,
        "cycles_per_window": results.cost.cycles_per_window if results.cost else None,
        "cycles_per_answer": results.cost.cycles_per_answer if results.cost else None,
        "per_class": per_class(found, results.classes),
        "per_group": {group: _rounded(accuracy) for group, accuracy in found.per_group.items()},
        "confusion": {"classes": list(results.classes), "windows": np.round(found.confusion, 1).tolist()},
        "accuracy_at_coverage": {f"{share:g}": _rounded(curve.accuracy_at(share)) for share in COVERAGES},
        "baseline": _baseline(results),
        "stress": {name: _stress(scores(answers, len(results.classes)), results) for name, answers in results.stress.items()},
    }


def per_class(found: Scores, classes: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Of those that occur."""
    return {
        name: {
            "precision": _rounded(one.precision),
            "recall": _rounded(one.recall),
            "f1": _rounded(one.f1),
            "windows": one.windows,
        }
        for name, one in zip(classes, found.per_class, strict=True)
        if one.windows
    }


def _stress(found: Scores, results: Results) -> dict[str, Any]:
    return {"accuracy": _rounded(found.accuracy), "f1": _rounded(found.f1), "per_class": per_class(found, results.classes)}


def _baseline(results: Results) -> dict[str, float] | None:
    if results.sensorless is None:
        return None
    accuracy, f1 = accuracy_and_f1(results.answers.truth, results.sensorless)
    return {"accuracy": _rounded(accuracy), "f1": _rounded(f1)}


def _rounded(value: float) -> float:
    return round(value, DIGITS)
