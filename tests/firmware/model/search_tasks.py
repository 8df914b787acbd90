"""A tiny task to search in: models that a test can compute by hand, whose size is a setting."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nearest_level
import numpy as np

from firmware.model.evaluation.task import Cost, Data, Examples, Task
from firmware.model.search.candidate import Candidate

SIZE = "_candidate_size = "
calls: list[tuple[int, int]] = []

Fit = Callable[..., nearest_level.NearestLevel]


class Sized(nearest_level.NearestLevel):
    """Says its size in the C: bytes of flash, and cycles that are a tenth of them."""

    def save(self, file: Path, name: str, about: str = "") -> None:
        super().save(file, name, about)
        with file.with_name(f"{file.name}.c").open("a") as source:
            source.write(f"{SIZE}{self.wrong}\n")


def fit(training: Examples, classes: tuple[str, ...], seed: int, shift: int = 0, size: int = 100) -> Sized:
    plain = nearest_level.fit(training, classes, seed, shift)
    return sized(plain.classes, plain.levels, plain.features, size)


def counted(training: Examples, classes: tuple[str, ...], seed: int, shift: int = 0, size: int = 100) -> Sized:
    """Keeps count in `calls`, of the size and the examples."""
    calls.append((size, len(training)))
    return fit(training, classes, seed, shift, size)


def sized(classes: tuple[str, ...], levels: tuple[int, ...], features: int, size: int) -> Sized:
    return Sized(classes, levels, features, str(size))


def cost(source: Path, _name: str) -> Cost:
    size = int(source.read_text().rpartition(SIZE)[2])
    return Cost(size, size // 10)


def task(data: Data | None = None) -> Task:
    """Each group is a fold."""
    plain = replace(nearest_level.task(), cost=cost)
    return plain if data is None else replace(plain, load=lambda: data)


def candidate(name: str, fit_: Fit = fit, **settings: Any) -> Candidate:
    recipe = replace(nearest_level.task().recipes[0], fit=fit_, settings=settings)
    return Candidate({"model": "nearest level", "name": name, **settings}, recipe)


def shifted(*sizes_and_shifts: tuple[int, int]) -> tuple[Candidate, ...]:
    """The further its levels are shifted, the worse."""
    return tuple(candidate(f"{size}", size=size, shift=shift) for size, shift in sizes_and_shifts)


def data(groups: int = 5) -> Data:
    return nearest_level.data(groups=groups, each=40)


def groups_of(examples: Examples) -> set[int]:
    return {int(group) for group in np.unique(examples.groups)}
