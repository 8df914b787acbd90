"""The JSON object, and the figures, of results that were made by hand."""

from dataclasses import replace

import numpy as np

from firmware.model.classifier import CERTAIN
from firmware.model.evaluation import figures
from firmware.model.evaluation.host_check import Mismatches
from firmware.model.evaluation.results import Answers, Results
from firmware.model.evaluation.summary import summarise


def answers(truth: list[int], predicted: list[int]) -> Answers:
    probabilities = (np.eye(3)[predicted] * CERTAIN).astype(np.uint16)
    return Answers(probabilities[None], np.array(truth), np.array(["1"] * len(truth)))


RESULTS = Results(
    task="posture",
    recipe="plain",
    kind="network",
    classes=("LYING", "SITTING", "STANDING"),
    protocol="by hand",
    seeds=(7,),
    answers=answers([0, 0, 1, 2], [0, 0, 1, 1]),
    stress={"nobody stands": answers([0, 1], [0, 2])},
    sensorless=np.array([0, 0, 0, 0]),
    mismatches=Mismatches(1, 2),
)


def test_it_says_what_was_found() -> None:
    found = summarise(RESULTS)
    assert (found["accuracy"], found["windows"], found["seeds"]["used"]) == (0.75, 4, [7])
    assert (found["mismatches_c_vs_python"], found["mismatches_of_confidence"]) == (1, 2)
    assert found["baseline"] == {"accuracy": 0.5, "f1": 0.2222}
    assert found["confusion"] == {"classes": list(RESULTS.classes), "windows": [[2, 0, 0], [0, 1, 0], [0, 1, 0]]}
    assert found["per_class"]["SITTING"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "windows": 1}
    assert found["model_flash_bytes"] is None
    assert summarise(replace(RESULTS, sensorless=None))["baseline"] is None


def test_a_class_that_a_stress_test_has_not_is_not_said_to_be_missed() -> None:
    under = summarise(RESULTS)["stress"]["nobody stands"]
    assert list(under["per_class"]) == ["LYING", "SITTING"]
    assert under["accuracy"] == 0.5


def test_figures_repeat_and_show_what_they_should() -> None:
    first, second = figures.draw(RESULTS), figures.draw(RESULTS)
    assert first == second
    assert sorted(first) == ["posture_plain_confusion.svg", "posture_plain_coverage.svg"]
    different = figures.draw(replace(RESULTS, answers=answers([0, 0, 1, 2], [0, 1, 1, 1])))
    assert all(different[name] != first[name] for name in first)
    assert all(b"<dc:date>" not in svg for svg in first.values())
