"""Folds, and what the models of each say of the people that it holds out."""

from dataclasses import replace

import nearest_level
import numpy as np
import pytest

from firmware.model.evaluation import final, folds, host_check, out_of_fold
from firmware.model.evaluation.host_check import Mismatches
from firmware.model.evaluation.task import Data, Examples
from hardware.errors import InputError


def test_no_group_is_on_both_sides_and_each_is_held_out_once() -> None:
    examples = nearest_level.data(groups=9).test
    for count, expected in ((4, 4), (None, 9)):
        found = folds.split(examples, count)
        assert len(found) == expected
        for fold in found:
            training, test = set(fold.training(examples).groups), set(fold.test(examples).groups)
            assert test == fold.held_out
            assert training
            assert not training & test
        assert sorted(group for fold in found for group in fold.held_out) == sorted(set(examples.groups))


@pytest.mark.parametrize(("groups", "count"), [(1, None), (3, 4)])
def test_too_few_people_are_refused(groups: int, count: int | None) -> None:
    with pytest.raises(InputError, match=f"recordings of {groups} people, and {count or 2} are needed"):
        folds.split(nearest_level.data(groups=groups).test, count)


def memory(training: Examples, classes: tuple[str, ...], seed: int) -> nearest_level.NearestLevel:
    """Its levels tell whom it was trained on: the sum of 2 ** number of each group."""
    seen = sum(2 ** int(group) for group in set(training.groups))
    return nearest_level.NearestLevel(classes, (seen + seed, 30000, 30000), training.features.shape[1])


def test_who_is_tested_was_not_trained_on() -> None:
    data = nearest_level.data(groups=4, each=5)
    flat = replace(data.test, features=np.zeros_like(data.test.features))
    task = nearest_level.task()
    recipe = replace(task.recipes[0], fit=memory)
    found = out_of_fold.evaluate(task, recipe, Data(data.classes, flat, flat, stress={"same": flat}), jobs=1)
    for answers in (found.answers, found.stress["same"]):
        for seed_at, seed in enumerate(task.seeds):
            for group in range(4):
                distance = 15 - 2**group + seed  # from 0 to the level of a model that saw all others
                of_group = answers.probabilities[seed_at, answers.groups == str(group), 0]
                assert set(of_group) == {nearest_level.CERTAIN - nearest_level.STEEPNESS * distance}


def test_results_do_not_depend_on_the_number_of_processes() -> None:
    task = nearest_level.task()
    one, two = (out_of_fold.evaluate(task, task.recipes[0], nearest_level.data(), jobs=jobs) for jobs in (1, 2))
    assert np.array_equal(one.answers.probabilities, two.answers.probabilities)
    assert np.array_equal(one.stress["louder"].probabilities, two.stress["louder"].probabilities)
    assert not np.array_equal(one.answers.probabilities[0], one.answers.probabilities[1])  # seeds


def test_a_recipe_sees_its_columns_only() -> None:
    task = nearest_level.task()
    narrow = final.train(task, task.recipes[1], nearest_level.data())
    assert isinstance(narrow, nearest_level.NearestLevel)
    assert narrow.features == 1


def test_each_model_is_told_as_it_is_ready() -> None:
    told: list[int] = []
    task = nearest_level.task()
    out_of_fold.evaluate(task, task.recipes[0], nearest_level.data(), 1, lambda: told.append(1))
    assert len(told) == out_of_fold.models(task, nearest_level.data()) == 8


def test_differences_between_c_and_python_are_counted() -> None:
    features = np.array([[-300, 0], [-20, 0], [0, 0], [310, 0]], np.int16)
    good = nearest_level.NearestLevel(nearest_level.CLASSES, nearest_level.LEVELS, 2)
    assert host_check.mismatches(good, features) == Mismatches(0, 0)
    quieter = replace(good, wrong="- (i == 1)")  # the one in the middle, nowhere so that the class changes
    assert host_check.mismatches(quieter, features) == Mismatches(0, 4)
    other = replace(good, wrong="- (i == 1) * 60000")
    assert host_check.mismatches(other, features).classes == 2


def test_what_the_protocol_gives_away_is_found_without_a_sensor() -> None:
    """The label depends on the place in the recording alone, the same for all people."""
    place = np.tile(np.arange(50), 4)
    examples = Examples(np.zeros((200, 1), np.int16), (place >= 25).astype(np.intp), np.repeat(np.arange(4), 50).astype(str))
    found = out_of_fold.sensorless(place[:, None], examples, folds.split(examples, None))
    assert np.array_equal(found, examples.labels)
