"""Figures against cases that were computed by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from firmware.model.classifier import CERTAIN
from firmware.model.evaluation import metrics
from firmware.model.evaluation.results import Answers


def answers(truth: list[int], *predicted: list[int], groups: Sequence[str] = (), confidence: float = 1.0) -> Answers:
    probabilities = np.eye(3)[np.array(predicted)] * confidence * CERTAIN
    return Answers(probabilities.astype(np.uint16), np.array(truth), np.array(list(groups) or ["a"] * len(truth)))


def test_accuracy_f1_and_confusion_are_means_over_seeds() -> None:
    found = metrics.scores(answers([0, 0, 1, 2], [0, 1, 1, 2], [0, 0, 1, 2]), 3)
    assert found.per_seed == (0.75, 1.0)
    assert found.accuracy == 0.875
    assert found.spread == pytest.approx(0.125 * 2**0.5)  # of an estimate, over n - 1
    assert found.f1 == pytest.approx(((2 / 3 + 2 / 3 + 1) / 3 + 1) / 2)
    assert found.confusion.tolist() == [[1.5, 0.5, 0], [0, 1, 0], [0, 0, 1]]
    assert found.per_class[0] == metrics.OfClass(precision=1.0, recall=0.75, f1=pytest.approx((2 / 3 + 1) / 2), windows=2)


def test_a_class_that_never_occurs_does_not_lower_f1() -> None:
    found = metrics.scores(answers([0, 0, 1], [0, 2, 1]), 3)
    assert found.f1 == pytest.approx((2 / 3 + 1) / 2)
    assert found.per_class[2].windows == 0


def test_each_group_has_its_accuracy() -> None:
    found = metrics.scores(answers([0, 1, 2, 2], [0, 1, 0, 0], [0, 0, 0, 2], groups=["10", "10", "2", "2"]), 3)
    assert list(found.per_group.items()) == [("2", 0.25), ("10", 0.75)]


def test_coverage_leaves_out_the_least_confident_first() -> None:
    both = [answers([0, 0], [0, 1], confidence=0.9), answers([0, 0], [1, 1], confidence=0.5)]
    joined = Answers(
        np.concatenate([one.probabilities for one in both], axis=1), np.zeros(4, np.intp), np.array(["a"] * 4, np.str_)
    )
    found = metrics.coverage(joined)
    assert found.least_confidence == pytest.approx([0.5, 0.9], abs=1e-4)
    assert found.coverage.tolist() == [1.0, 0.5]
    assert found.accuracy.tolist() == [0.25, 0.5]
    assert found.accuracy_at(0.6) == 0.25  # the two that are as sure stay together
    assert found.accuracy_at(0.5) == 0.5
