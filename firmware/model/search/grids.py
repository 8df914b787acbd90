"""The candidates of each task, and the sizes of its models that the README tells of."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from firmware.model.evaluation.task import Task
from firmware.model.search.candidate import Candidate
from firmware.model.search.plan import Plan
from hardware.errors import InputError

MODULES = {"motion": "firmware.model.search.motion_grid", "sound": "firmware.model.search.sound_grid"}


@dataclass(frozen=True)
class Grid:
    """Each is a function of the task. `quick`: few candidates, trained for a short time, to see how it goes."""

    candidates: Callable[[Task], tuple[Candidate, ...]]
    quick: Callable[[Task], tuple[Candidate, ...]]
    sizes: Callable[[Task], tuple[Candidate, ...]]
    plan: Plan


QUICK = Plan(inner=2, seeds=(0,))


def find(task: str) -> Grid:
    if task not in MODULES:
        raise InputError(f"there is no search for {task!r}: say {' or '.join(MODULES)}")
    grid: Grid = importlib.import_module(MODULES[task]).GRID
    return grid


def of_kind(candidates: tuple[Candidate, ...], kind: str) -> tuple[Candidate, ...]:
    """All for an empty kind."""
    kinds = sorted({candidate.recipe.kind for candidate in candidates})
    if kind and kind not in kinds:
        raise InputError(f"there is no model {kind!r} to search: say {' or '.join(kinds)}")
    return tuple(candidate for candidate in candidates if kind in ("", candidate.recipe.kind))
