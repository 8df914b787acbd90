"""A model that is asked for some of its classes."""

import numpy as np
import pytest

from firmware.model.classifier import CERTAIN
from firmware.model.evaluation.host_check import Mismatches
from firmware.model.evaluation.results import Answers, Results
from firmware.model.evaluation.subset import of_classes
from hardware.errors import InputError


def results(truth: str, *predicted: str) -> Results:
    classes = ("a", "b", "c", "d")
    places = np.array([[classes.index(name) for name in of_seed] for of_seed in predicted])
    answers = Answers(
        (np.eye(4)[places] * CERTAIN).astype(np.uint16),
        np.array([classes.index(name) for name in truth]),
        np.full(len(truth), "x"),
    )
    return Results("sound", "network", "network", classes, "", (0, 1), answers, {}, None, Mismatches(0, 0))


def test_all_others_are_unknown() -> None:
    """c for d is no error, d for a and b for c are."""
    found = of_classes(results("aabbccdd", "adbbbccd", "adbbbccd"), ("b", "a"))
    assert found.accuracy == 6 / 8
    a, b, unknown = 2 * 1 / 3, 2 * 2 / 5, 2 * 3 / 8
    assert found.f1 == pytest.approx((a + b + unknown) / 3)
    assert found.f1_asked == pytest.approx((a + b) / 2)


def test_figures_are_means_over_seeds() -> None:
    found = of_classes(results("abcd", "abcd", "dbca"), ("a",))
    assert found.accuracy == (1 + 0.5) / 2
    assert found.f1_asked == 0.5


def test_a_class_that_the_model_has_not_is_refused() -> None:
    with pytest.raises(InputError, match="the model has no class 'e': say some of a,b,c,d"):
        of_classes(results("a", "a"), ("a", "e"))
