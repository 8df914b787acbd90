"""The C of a forest decides as scikit-learn does, to the last bit of the confidence."""

import dataclasses
from pathlib import Path

import emlearn
import numpy as np
import pytest
from forests import CLASSES, SMALL, compiled, examples, on_thresholds, trained
from real_windows import motion_windows, real
from sklearn.model_selection import GroupKFold

from firmware.model import classifier, native
from firmware.model.data import sets
from firmware.model.forest import Forest, ForestSettings, fit
from firmware.model.forest.conversion import with_right_thresholds
from firmware.model.forest.leaves import ONE
from firmware.model.forest.model import MEAN_BITS, MOST_TREES, mean_factor


def assert_exact(forest: Forest, features: classifier.Features, folder: Path) -> None:
    """C = Python = scikit-learn: sums over the trees are compared as the integers that they are."""
    classes, probabilities = compiled(forest, folder)(features)
    assert classes == forest.estimator.predict(features).tolist()
    assert probabilities == forest.predict_proba(features).tolist()
    trees = len(forest.estimator.estimators_)
    sums = forest.estimator.predict_proba(features) * (ONE * trees)
    recovered = np.rint(np.array(probabilities) * (ONE * trees / classifier.CERTAIN))
    assert np.abs(sums - recovered).max() < 1e-6


@pytest.mark.parametrize(
    "settings",
    [
        SMALL,
        dataclasses.replace(SMALL, extremely_random=True, focus=0),
        dataclasses.replace(SMALL, trees=1, leaves=2),
        dataclasses.replace(SMALL, trees=60, leaves=4, distributions=2),
        dataclasses.replace(SMALL, trees=3, leaves=60, leaf_examples=1),
        dataclasses.replace(SMALL, trees=2, leaf_examples=400),  # no node at all
    ],
)
def test_class_and_confidence_are_those_of_scikit_learn(settings: ForestSettings, tmp_path: Path) -> None:
    forest = trained(settings)
    assert_exact(forest, np.concatenate([examples(seed=3)[0], on_thresholds(forest)]), tmp_path)


def test_the_extremes_of_16_bits_are_compared_right(tmp_path: Path) -> None:
    values = np.array([-(2**15), -(2**15) + 1, -1, 0, 1, 2**15 - 2, 2**15 - 1], np.int16)
    features = np.array(np.meshgrid(values, values)).reshape(2, -1).T.astype(np.int16)
    labels = (features[:, 0] > 0) + (features[:, 1] >= 2**15 - 2).astype(np.intp)
    forest = fit(features, labels, CLASSES, dataclasses.replace(SMALL, leaf_examples=1, tried_features=1.0), 1)
    assert_exact(forest, features, tmp_path)


def test_of_equally_likely_classes_the_first_is_taken(tmp_path: Path) -> None:
    forest = trained(dataclasses.replace(SMALL, trees=2, leaf_examples=400))
    for tree in (each.tree_ for each in forest.estimator.estimators_):
        tree.value[0, 0] = [0.25, 0.375, 0.375]
    classes, probabilities = compiled(forest, tmp_path)(examples()[0][:1])
    assert (classes, probabilities) == ([1], [[16383, 24575, 24575]])


def test_certain_is_the_greatest_number(tmp_path: Path) -> None:
    for trees in (1, 3, 40):
        forest = trained(dataclasses.replace(SMALL, trees=trees, leaf_examples=400))
        for tree in (each.tree_ for each in forest.estimator.estimators_):
            tree.value[0, 0] = [0, 1, 0]
        folder = tmp_path / str(trees)
        assert compiled(forest, folder)(examples()[0][:1]) == ([1], [[0, 65535, 0]])


def test_different_votes_have_different_probabilities() -> None:
    """For any number of trees that is allowed; otherwise a class could win that scikit-learn has second."""
    for trees in range(1, MOST_TREES + 1):
        sums = np.arange(ONE * trees + 1, dtype=np.uint64)
        products = sums * mean_factor(trees)
        assert products[-1] < 2**32
        scaled = products >> MEAN_BITS
        assert np.all(np.diff(scaled) > 0)
        assert (scaled[0], scaled[-1]) == (0, 65535)
        assert np.all(scaled - sums * 65535 // (ONE * trees) <= 1)


def emlearns_own(estimator: object, features: classifier.Features, folder: Path) -> list[int]:
    """Classes by the C that emlearn writes."""
    emlearn.convert(estimator, method="inline", dtype="int16_t").save(file=str(folder / "own.c"), name="own", include_proba=False)
    (folder / "own.h").write_text("int32_t own_predict(const int16_t *features, int32_t features_length);\n")
    ffi, lib = native.load("own", (str(folder / "own"),))
    rows = np.ascontiguousarray(features)
    return [lib.own_predict(ffi.from_buffer("int16_t[]", row), len(row)) for row in rows]


def test_emlearn_needs_its_thresholds_put_right(tmp_path: Path) -> None:
    """The day this fails, with_right_thresholds may have to go."""
    forest = trained(dataclasses.replace(SMALL, trees=1))
    features = on_thresholds(forest)
    truth = forest.estimator.predict(features)
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.mkdir()
    wrong.mkdir()
    assert emlearns_own(with_right_thresholds(forest.estimator), features, right) == truth.tolist()
    assert np.mean(emlearns_own(forest.estimator, features, wrong) != truth) > 0.02


@real(sets.SPSW_HAR)
def test_every_window_of_the_real_motion_is_decided_as_by_scikit_learn(tmp_path: Path) -> None:
    """Eight forests, each asked about the subjects that it has not seen."""
    features, labels, subjects, classes = motion_windows(context=True)
    settings = ForestSettings(trees=6, tried_features=0.1)
    for number, (train, test) in enumerate(GroupKFold(8).split(features, labels, subjects)):
        forest = fit(features[train], labels[train], classes, settings, seed=number)
        assert_exact(forest, features[test], tmp_path / str(number))
