"""The choice inside the training people, the test outside.

For each outer fold, every candidate is scored on inner folds by models that have seen neither; the best within the budget is
trained on all people of the outer training set, and tested once on the outer fold. The accuracy of the search is that of these
tests: what its way of choosing gives on people who had no say in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from firmware.model.evaluation import folds
from firmware.model.evaluation.folds import Fold
from firmware.model.evaluation.task import Cost, Data, Recipe, Task
from firmware.model.search import kept, work
from firmware.model.search.candidate import Budget, Candidate, cycles
from firmware.model.search.front import on_front
from firmware.model.search.plan import Plan
from firmware.model.search.score import Score, score
from firmware.model.search.work import Told, Work
from hardware.errors import InputError


@dataclass(frozen=True)
class Scored:
    """`accuracy`: on all inner folds. `cost`: the most that any of their models takes. `chosen`: by how many outer folds."""

    candidate: Candidate
    accuracy: float
    cost: Cost
    on_front: bool
    chosen: int


@dataclass(frozen=True)
class Choice:
    """Of one outer fold. `right` of `windows` of the people held out; `cost`: of the model that was tested."""

    held_out: tuple[str, ...]
    candidate: int
    inner_accuracy: float
    right: int
    windows: int
    cost: Cost


@dataclass(frozen=True)
class Found:
    """`chosen`: the candidate that the same choice takes from all inner folds together."""

    scored: tuple[Scored, ...]
    choices: tuple[Choice, ...]
    chosen: int

    @property
    def accuracy(self) -> float:
        return sum(choice.right for choice in self.choices) / sum(choice.windows for choice in self.choices)


@dataclass(frozen=True)
class _Inner:
    """Of one candidate for one outer fold, or for all."""

    right: int
    windows: int
    cost: Cost

    @property
    def accuracy(self) -> float:
        return self.right / self.windows


class Search:
    """`place`: where trainings are kept. `jobs`: as joblib has it; it changes no result."""

    def __init__(self, task: Task, data: Data, plan: Plan, place: Path, jobs: int = 1) -> None:
        if task.cost is None:
            raise InputError(f"nobody knows what a model of {task.name} costs: there is nothing to weigh its accuracy against")
        self._task, self._measure, self._plan = task, task.cost, plan
        self.data = replace(data, stress={}, sensorless=None)  # of which workers need nothing else
        self._place, self._jobs = place, jobs
        self._folds = folds.split(data.test, task.folds)
        self._pairs = plan.pairs(len(self._folds))

    def trainings(self, candidates: int) -> int:
        """At most."""
        return (candidates * len(self._pairs) + len(self._folds)) * len(self._plan.seeds)

    def run(self, candidates: Sequence[Candidate], budget: Budget, told: Told = lambda: None) -> Found:
        """`told` is called after each training. InputError if no candidate is within the budget."""
        inner = self._inner(candidates, told)
        everywhere = [_joined(of_candidate.values()) for of_candidate in inner]
        choices = self._outer(candidates, inner, budget, told)
        points = [(found.accuracy, found.cost.flash_bytes, cycles(found.cost)) for found in everywhere]
        times = [choice.candidate for choice in choices]
        scored = tuple(
            Scored(candidate, found.accuracy, found.cost, front, times.count(at))
            for at, (candidate, found, front) in enumerate(zip(candidates, everywhere, on_front(points), strict=True))
        )
        return Found(scored, choices, _ranked(everywhere, budget)[0])

    def _inner(self, candidates: Sequence[Candidate], told: Told) -> list[dict[int, _Inner]]:
        """Of each candidate, by outer fold: what models that left it out say of the fold that they left out with it."""
        scores = self._scores([(candidate.recipe, pair) for candidate in candidates for pair in self._pairs], told)
        found = []
        for at in range(len(candidates)):
            parts: dict[int, list[_Inner]] = {}
            for number, pair in enumerate(self._pairs):
                for one in scores[at * len(self._pairs) + number]:
                    for outer, inside in ((0, 1), (1, 0)):
                        parts.setdefault(pair[outer], []).append(_Inner(one.right[inside], one.windows[inside], one.cost))
            found.append({outer: _joined(part) for outer, part in sorted(parts.items())})
        return found

    def _outer(
        self, candidates: Sequence[Candidate], inner: Sequence[Mapping[int, _Inner]], budget: Budget, told: Told
    ) -> tuple[Choice, ...]:
        """The best of each fold. One that takes more than the budget once it is trained on more people gives way to the next."""
        ranked = {at: _ranked([found[at] for found in inner], budget) for at in range(len(self._folds))}
        found: dict[int, Choice] = {}
        while len(found) < len(self._folds):
            open_ = [at for at in range(len(self._folds)) if at not in found]
            scores = self._scores([(candidates[ranked[at][0]].recipe, (at,)) for at in open_], told)
            for at, of_seeds in zip(open_, scores, strict=True):
                first = ranked[at].pop(0)
                total = _joined([_Inner(one.right[0], one.windows[0], one.cost) for one in of_seeds])
                if budget.allows(total.cost):
                    people = tuple(sorted(self._folds[at].held_out))
                    found[at] = Choice(people, first, inner[first][at].accuracy, total.right, total.windows, total.cost)
                elif not ranked[at]:
                    raise _too_small([total])
        return tuple(found[at] for at in range(len(self._folds)))

    def _scores(self, wanted: Sequence[tuple[Recipe, tuple[int, ...]]], told: Told) -> list[list[Score]]:
        """Of each recipe and the folds that it leaves out: a score for each seed."""
        made: dict[int, str] = {}
        works: list[list[Work]] = []
        for recipe, left_out in wanted:
            if id(recipe) not in made:
                made[id(recipe)] = kept.made_of(self._task, recipe, score)
            works.append([self._work(made[id(recipe)], recipe, left_out, seed) for seed in self._plan.seeds])
        found = work.done((one for each in works for one in each), self.data, self._jobs, self._place, told)
        return [[Score.of(found[one.key]) for one in each] for each in works]

    def _work(self, made: str, recipe: Recipe, left_out: tuple[int, ...], seed: int) -> Work:
        without: tuple[Fold, ...] = tuple(self._folds[at] for at in left_out)
        return Work(kept.key(made, without, seed), score, (recipe, without, seed, self._measure))


def _joined(parts: Iterable[_Inner]) -> _Inner:
    """Together, with the highest cost of any."""
    each = list(parts)
    return _Inner(sum(part.right for part in each), sum(part.windows for part in each), _highest([part.cost for part in each]))


def _highest(costs: Sequence[Cost]) -> Cost:
    answers = [cost.cycles_per_answer for cost in costs if cost.cycles_per_answer is not None]
    return Cost(
        max(cost.flash_bytes for cost in costs),
        max(cost.cycles_per_window for cost in costs),
        max(answers) if answers else None,
    )


def _ranked(found: Sequence[_Inner], budget: Budget) -> list[int]:
    """Those within the budget, the best first; of equals, the smallest."""
    allowed = [at for at, one in enumerate(found) if budget.allows(one.cost)]
    if not allowed:
        raise _too_small(found)
    return sorted(allowed, key=lambda at: (-found[at].accuracy, found[at].cost.flash_bytes, cycles(found[at].cost), at))


def _too_small(found: Sequence[_Inner]) -> InputError:
    flash, least = min(one.cost.flash_bytes for one in found), min(cycles(one.cost) for one in found)
    return InputError(f"no candidate is within the budget: the smallest takes {flash} bytes, the quickest {least} cycles")
