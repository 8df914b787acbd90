"""Nobody in an outer fold has a say in what is chosen for it, and a budget is kept."""

from dataclasses import replace
from pathlib import Path

import nearest_level
import numpy as np
import pytest
import search_tasks
from search_tasks import Sized, candidate, groups_of, shifted, sized

from firmware.model.evaluation.task import Data, Examples
from firmware.model.search.candidate import Budget, Candidate
from firmware.model.search.front import on_front
from firmware.model.search.nested import Found, Search
from firmware.model.search.plan import Plan
from hardware.errors import InputError

PLAN = Plan(inner=4, seeds=(0,))
NO_LIMIT = Budget()
ALL_RIGHT, ALL_WRONG = nearest_level.LEVELS, tuple(reversed(nearest_level.LEVELS))


def run(place: Path, data: Data, candidates: tuple[Candidate, ...], budget: Budget = NO_LIMIT) -> Found:
    return Search(search_tasks.task(), data, PLAN, place).run(candidates, budget)


@pytest.mark.parametrize("inner", [2, 4, 8])
@pytest.mark.parametrize("folds", [3, 4, 5, 8])
def test_a_training_leaves_out_two_folds_each_as_often_as_the_others(folds: int, inner: int) -> None:
    pairs = Plan(inner, (0,)).pairs(folds)
    assert len(set(pairs)) == len(pairs)
    assert all(0 <= first < second < folds for first, second in pairs)
    assert [sum(fold in pair for pair in pairs) for fold in range(folds)] == [min(inner, folds - 1)] * folds


def only_group_0(training: Examples, classes: tuple[str, ...], _seed: int, size: int) -> Sized:
    """Right about everybody if it has seen group 0, wrong about everybody else."""
    return sized(classes, ALL_RIGHT if 0 in groups_of(training) else ALL_WRONG, training.features.shape[1], size)


def test_a_candidate_that_would_win_only_by_cheating_is_not_chosen(tmp_path: Path) -> None:
    """It is right wherever group 0 is trained on: it wins the outer fold of group 0 if any inner model has seen group 0."""
    data = search_tasks.data()
    search = Search(search_tasks.task(), data, PLAN, tmp_path)
    cheat, honest = candidate("cheat", only_group_0, size=100), candidate("honest", shift=200, size=100)
    found = search.run((cheat, honest), Budget())
    by_person = {choice.held_out: choice for choice in found.choices}
    assert by_person["0",].candidate == 1  # where it was not trained on group 0, the cheat is wrong
    assert {choice.candidate for choice in found.choices if choice.held_out != ("0",)} == {0}
    assert by_person["0",].right > by_person["0",].windows / 2  # the cheat would have only the class in the middle


def test_the_outer_fold_does_not_change_what_is_chosen_for_it(tmp_path: Path) -> None:
    """All of one person's labels are made wrong: every candidate scores otherwise there, the choice for that fold stays."""
    data = search_tasks.data()
    candidates = shifted((100, 0), (90, 60), (80, -60))
    before = run(tmp_path / "before", data, candidates)
    for person, choice in enumerate(before.choices):
        of_person = data.test.groups == str(person)
        turned = Examples(data.test.features, np.where(of_person, 2 - data.test.labels, data.test.labels), data.test.groups)
        after = run(tmp_path / str(person), replace(data, test=turned, training=turned), candidates)
        same = after.choices[person]
        assert (same.candidate, same.inner_accuracy, same.cost) == (choice.candidate, choice.inner_accuracy, choice.cost)
        assert same.right < choice.right


def test_the_accuracy_is_of_the_chosen_model_on_the_outer_folds(tmp_path: Path) -> None:
    data = search_tasks.data()
    good, bad = shifted((100, 0), (50, 250))
    found = run(tmp_path, data, (good, bad))
    right = 0
    for person in range(5):
        unseen = data.test.groups == str(person)
        model = search_tasks.fit(data.training.where(~unseen), data.classes, 0)
        right += int(np.sum(model.predict_proba(data.test.features[unseen]).argmax(axis=1) == data.test.labels[unseen]))
    assert found.accuracy == right / len(data.test)
    assert [one.chosen for one in found.scored] == [5, 0]


def test_the_best_within_the_budget_is_chosen(tmp_path: Path) -> None:
    candidates = shifted((400, 0), (300, 80), (200, 160), (100, 240))
    data = search_tasks.data()
    for budget, expected in (
        (Budget(), 0),
        (Budget(flash_bytes=399), 1),
        (Budget(flash_bytes=200), 2),
        (Budget(cycles=19), 3),
        (Budget(flash_bytes=300, cycles=20), 2),
    ):
        found = run(tmp_path, data, candidates, budget)
        assert found.chosen == expected
        assert {choice.candidate for choice in found.choices} == {expected}
        assert all(budget.allows(choice.cost) for choice in found.choices)


def test_of_equals_the_smallest_is_chosen(tmp_path: Path) -> None:
    assert run(tmp_path, search_tasks.data(), shifted((300, 0), (100, 0), (200, 0))).chosen == 1


def growing(training: Examples, classes: tuple[str, ...], seed: int, size: int) -> Sized:
    """Takes 100 bytes more with four groups to train on, as only the outer fold's model has."""
    plain = search_tasks.fit(training, classes, seed)
    return sized(classes, plain.levels, plain.features, size + 100 * (len(groups_of(training)) == 4))


def test_a_model_that_grows_beyond_the_budget_gives_way(tmp_path: Path) -> None:
    candidates = (candidate("grows", growing, size=200), *shifted((150, 200)))
    data = search_tasks.data()
    assert {choice.candidate for choice in run(tmp_path, data, candidates, Budget(300)).choices} == {0}
    found = run(tmp_path, data, candidates, Budget(299))
    assert {choice.candidate for choice in found.choices} == {1}
    with pytest.raises(InputError, match="the smallest takes 300 bytes"):
        run(tmp_path, data, candidates[:1], Budget(299))


def test_a_budget_that_nothing_fits_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no candidate is within .* the smallest takes 200 bytes, the quickest 20 cycles"):
        run(tmp_path, search_tasks.data(), shifted((300, 0), (200, 0)), Budget(flash_bytes=199))


def test_too_few_people_and_a_cost_that_nobody_knows_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are 2 folds, and a choice inside them needs 3"):
        run(tmp_path, search_tasks.data(groups=2), shifted((100, 0)))
    with pytest.raises(InputError, match="nobody knows what a model of levels costs"):
        Search(replace(search_tasks.task(), cost=None), search_tasks.data(), PLAN, tmp_path)


def test_the_front_has_what_nothing_beats() -> None:
    points = [(0.8, 100, 10), (0.8, 100, 11), (0.9, 200, 10), (0.7, 90, 90), (0.7, 300, 5), (0.9, 200, 10), (0.6, 95, 95)]
    assert on_front(points) == (True, False, True, True, True, True, False)
    assert on_front(points[:1]) == (True,)
