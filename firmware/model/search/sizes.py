"""Several sizes of each model, each tested as its task says: on people held out, all folds.

A row is kept when it is done, so that a table of known rows needs no data.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from firmware.model.evaluation import folds
from firmware.model.evaluation.folds import Fold
from firmware.model.evaluation.task import Cost, Data, Task
from firmware.model.search import kept, ram, score, work
from firmware.model.search.candidate import Candidate
from firmware.model.search.score import Score
from firmware.model.search.whole import whole
from firmware.model.search.work import Told, Work
from hardware.errors import InputError


@dataclass(frozen=True)
class Size:
    """`accuracy`: mean over the seeds. Cost and RAM: of the model of all data, with features or front end."""

    candidate: Candidate
    accuracy: float
    cost: Cost
    ram_bytes: int


class Sizes:
    """`place`: where rows and trainings are kept."""

    def __init__(self, task: Task, candidates: Sequence[Candidate], seeds: tuple[int, ...], place: Path) -> None:
        if task.cost is None:
            raise InputError(f"nobody knows what a model of {task.name} costs")
        self._task, self._candidates, self._seeds, self._place = task, candidates, seeds, place
        self._measures = task.cost, ram.MEASURES[task.name]
        # Now: if a source changes meanwhile, what is found is of the old one
        self._made = [self._digests(candidate) for candidate in candidates]

    def missing(self) -> tuple[int, ...]:
        """Places of the candidates whose rows are not kept."""
        return tuple(at for at in range(len(self._candidates)) if self._row(at) is None)

    def trainings(self, data: Data) -> int:
        """Of all that is missing."""
        return len(self.missing()) * (len(folds.split(data.test, self._task.folds)) * len(self._seeds) + 1)

    def measure(self, data: Data, jobs: int, told: Told = lambda: None) -> None:
        """All that is missing."""
        slim = replace(data, stress={}, sensorless=None)
        held_out = folds.split(data.test, self._task.folds)
        for at in self.missing():
            tests, all_data = self._works(at, held_out)
            found = work.done((*tests, all_data), slim, jobs, self._place, told)
            scores = [Score.of(found[test.key]) for test in tests]
            accuracy = sum(one.right[0] for one in scores) / sum(one.windows[0] for one in scores)
            kept.write(self._place, self._key(at), {"accuracy": accuracy, **found[all_data.key]})

    def rows(self) -> tuple[Size, ...]:
        """After `measure`."""
        found = []
        for at, candidate in enumerate(self._candidates):
            row = self._row(at)
            if row is None:
                raise InputError(f"a size of {self._task.name} is not measured: run dollar sizes again")
            found.append(Size(candidate, row["accuracy"], Cost(**row["cost"]), row["ram_bytes"]))
        return tuple(found)

    def _row(self, at: int) -> dict[str, Any] | None:
        return kept.read(self._place, self._key(at))

    def _works(self, at: int, held_out: Sequence[Fold]) -> tuple[list[Work], Work]:
        """Tests of all folds and seeds; the model of all data with the first seed."""
        recipe, (made, of_all) = self._candidates[at].recipe, self._made[at]
        tests = [
            Work(kept.key(made, (fold,), seed), score.score, (recipe, (fold,), seed, self._measures[0]))
            for fold in held_out
            for seed in self._seeds
        ]
        first = self._seeds[0]
        return tests, Work(kept.key(of_all, (), first), whole, (recipe, first, *self._measures))

    def _digests(self, candidate: Candidate) -> tuple[str, str]:
        """Of what its tests are made of, and the model of all data."""
        made, of_whole, of_ram = (
            kept.made_of(self._task, candidate.recipe, one) for one in (score.score, whole, self._measures[1])
        )
        return made, f"{of_whole} {of_ram}"

    def _key(self, at: int) -> str:
        return kept.key(f"{self._made[at]} of seeds {self._seeds}", (), -1)
