"""What a forest learns from and is saved as; what is refused, and with which words."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from forests import CLASSES, SMALL, examples, trained
from sklearn.ensemble import RandomForestClassifier

from firmware.model import classifier, native
from firmware.model.forest import Forest, ForestSettings, fit, grid
from firmware.model.forest.conversion import Arrays, Node
from firmware.model.forest.encoding import Encoded, encode
from hardware.errors import InputError


def saved(forest: Forest, folder: Path) -> dict[str, str]:
    forest.save(folder / "model" / "some_forest", "some_forest", "about it")
    return {path.name: path.read_text() for path in sorted((folder / "model").iterdir())}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first = saved(trained(), tmp_path / "first")
    assert saved(trained(), tmp_path / "again") == first
    assert saved(trained(seed=2), tmp_path / "other") != first
    assert list(first) == ["some_forest.c", "some_forest.h"]
    assert all(content.startswith("/* about it */\n") and content.endswith("\n") for content in first.values())
    assert max(len(line) for content in first.values() for line in content.splitlines()) <= 130


def test_it_is_a_classifier() -> None:
    forest: classifier.Classifier = trained()
    assert (forest.kind, forest.classes) == ("forest", CLASSES)
    features, labels = examples(seed=9)
    assert np.mean(classifier.predict(forest, features) == labels) > 0.6
    probabilities = forest.predict_proba(features)
    assert probabilities.dtype == np.uint16
    assert probabilities.shape == (400, 3)
    assert 65530 <= probabilities.sum(axis=1).min() <= probabilities.sum(axis=1).max() <= 65535


def test_c_carries_any_words(tmp_path: Path) -> None:
    classes = ('say "on"', "back\\slash", "Grüße")
    forest = fit(*examples(), classes, SMALL, 1)
    forest.save(tmp_path / "file", "some_forest", "two lines\nand */ an end")
    assert (tmp_path / "file.h").read_text().startswith("/* two lines\n * and * / an end */\n")
    ffi, lib = native.load("words", (str(tmp_path / "file"),))
    assert tuple(ffi.string(name).decode() for name in lib.some_forest_class_names) == classes


def test_c_has_names_and_sizes_and_refuses_wrong_lengths(tmp_path: Path) -> None:
    trained().save(tmp_path / "file", "some_forest")
    ffi, lib = native.load("lengths", (str(tmp_path / "file"),))
    assert (lib.some_forest_FEATURES, lib.some_forest_CLASSES) == (6, 3)
    assert tuple(ffi.string(name).decode() for name in lib.some_forest_class_names) == CLASSES
    features, out = ffi.new("int16_t[7]"), ffi.new("uint16_t[4]", [7] * 4)
    assert lib.some_forest_predict(features, 6) >= 0
    assert lib.some_forest_predict(features, 7) == -1
    assert lib.some_forest_predict_proba(features, 5, out, 3) == -1
    assert lib.some_forest_predict_proba(features, 6, out, 4) == -1
    assert list(out) == [7] * 4


def test_focus_learns_what_an_average_of_independent_trees_does_not() -> None:
    """The middle of three classes in a line is what most trees leave to others."""
    rng = np.random.default_rng(3)
    features = rng.integers(-1000, 1000, (3000, 2)).astype(np.int16)
    labels = np.digitize(np.abs(features.sum(axis=1)), [600, 700])
    right = {}
    for focus in (0.0, 1.5):
        settings = dataclasses.replace(SMALL, trees=20, leaves=6, focus=focus)
        right[focus] = np.mean(classifier.predict(fit(features, labels, CLASSES, settings, 1), features) == labels)
    assert right[1.5] > right[0.0] + 0.03


def test_thresholds_of_shifted_features_decide_the_same_on_features_as_they_are() -> None:
    features, labels = examples()
    shift = grid.shifts(features)
    assert shift.max() > 4
    assert np.all((features >> shift >= -128) & (features >> shift < 128))
    trees = RandomForestClassifier(5, random_state=1).fit(features >> shift, labels)
    leaf = trees.apply(features >> shift)
    grid.unshift_thresholds(trees, shift)
    assert np.array_equal(trees.apply(features), leaf)


def test_leaves_share_no_more_distributions_than_allowed() -> None:
    forest = trained(dataclasses.replace(SMALL, distributions=5))
    leaves = np.concatenate([each.tree_.value[each.tree_.children_left < 0, 0] for each in forest.estimator.estimators_])
    shared = np.unique(leaves, axis=0)
    assert len(shared) == 5
    assert np.array_equal(shared * 128, np.rint(shared * 128))
    assert np.array_equal(shared.sum(axis=1), np.ones(5))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x, y: (x.astype(np.int32), y), "int16 features"),
        (lambda x, y: (x[:, 0], y), "int16 features"),
        (lambda x, y: (x[1:], y), "a label each"),
        (lambda x, y: (x, np.minimum(y, 1)), "no example of turn: record some"),
        (lambda x, y: (x[:0], y[:0]), "no example of still, walk, turn"),
        (lambda x, y: (x, np.append(y[1:], 3)), "labels are 0 to 2"),
    ],
)
def test_what_cannot_be_learned_is_said(change: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        fit(*change(*examples()), CLASSES, SMALL, 1)  # type: ignore[operator]


def test_one_class_is_refused() -> None:
    features, labels = examples()
    with pytest.raises(InputError, match="only one class"):
        fit(features, labels * 0, ("still",), SMALL, 1)


@pytest.mark.parametrize("trees", [0, 512])
def test_a_number_of_trees_that_cannot_be_summed_is_refused(trees: int) -> None:
    with pytest.raises(InputError, match="1 to 511 trees"):
        trained(dataclasses.replace(SMALL, trees=trees))


def test_what_bytes_cannot_hold_is_refused(tmp_path: Path) -> None:
    many = fit(*examples(features=240), CLASSES, dataclasses.replace(SMALL, distributions=20), 1)
    with pytest.raises(InputError, match="240 features and 20 distributions are more than 256: let the leaves share fewer"):
        many.save(tmp_path / "many", "many")
    rng = np.random.default_rng(1)
    noise, labels = rng.integers(0, 9999, (4000, 6)).astype(np.int16), rng.integers(0, 3, 4000)
    large = fit(noise, labels, CLASSES, ForestSettings(trees=1, leaves=1000, leaf_examples=1), 1)
    with pytest.raises(InputError, match="a tree is too large for its format: allow fewer leaves"):
        large.save(tmp_path / "large", "large")


def test_the_longest_distance_that_a_byte_can_tell_from_a_leaf_is_used() -> None:
    """246 numbers stand for distances here, the others for leaves. Of n nodes in a row, the first has 4 n - 4 bytes below it."""
    distributions = tuple((number, 128 - number) for number in range(10))

    def chain(nodes: int) -> Encoded:
        row = [Node(0, 5, at + 1 if at + 1 < nodes else -1, -2) for at in range(nodes)]
        return encode(Arrays(tuple(row), (0,), distributions), 1, np.array([0]))

    assert chain(62).trees[0][:3] == bytes([0, 5, 244])
    with pytest.raises(InputError, match="a tree is too large"):
        chain(63)


def test_a_name_that_c_refuses_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'some-forest' cannot begin names in C"):
        trained().save(tmp_path / "file", "some-forest")
    assert not list(tmp_path.iterdir())
