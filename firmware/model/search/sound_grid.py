"""Models of words, from 4 to 12 kB with the front end."""

from dataclasses import replace
from typing import Any

from firmware.model import tasks
from firmware.model.evaluation.task import Recipe, Task
from firmware.model.search.candidate import Candidate
from firmware.model.search.grids import Grid
from firmware.model.search.plan import Plan

NETWORKS = (
    *((hidden, (4, 4)) for hidden in (16, 32, 54, 80)),
    *((hidden, (2, 4)) for hidden in (54, 96)),
    (32, (8, 8)),
)
TREES_AND_LEAVES = ((8, 40), (16, 40), (32, 40))
DISTRIBUTIONS = 16
QUICK_EPOCHS = 5


def candidates(task: Task) -> tuple[Candidate, ...]:
    return (*(_network(task, *size) for size in NETWORKS), *_forests(task))


def quick(task: Task) -> tuple[Candidate, ...]:
    return tuple(_network(task, hidden, (4, 4), QUICK_EPOCHS) for hidden in (8, 16))


def sizes(task: Task) -> tuple[Candidate, ...]:
    return (*(_network(task, *size) for size in NETWORKS if size[1] == (4, 4)), *_forests(task)[:2])


def _forests(task: Task) -> tuple[Candidate, ...]:
    return tuple(_forest(task, trees, leaves) for trees, leaves in TREES_AND_LEAVES)


def _network(task: Task, hidden: int, bits: tuple[int, int], epochs: int | None = None) -> Candidate:
    changed: dict[str, Any] = {"hidden": (hidden,), "bits": bits} | ({} if epochs is None else {"epochs": epochs})
    found = _changed(tasks.recipe(task, "network"), "network", changed)
    return Candidate({"model": "network", "hidden": hidden, "bits": list(bits)}, found)


def _forest(task: Task, trees: int, leaves: int) -> Candidate:
    changed = {"trees": trees, "leaves": leaves, "distributions": DISTRIBUTIONS}
    return Candidate({"model": "forest", **changed}, _changed(tasks.recipe(task, "forest"), "trees", changed))


def _changed(recipe: Recipe, part: str, changed: dict[str, Any]) -> Recipe:
    """`part`: the setting that says the model's size; the others say what it is trained on."""
    return replace(recipe, settings={**recipe.settings, part: replace(recipe.settings[part], **changed)})


GRID = Grid(candidates, quick, sizes, Plan(inner=4, seeds=(0,)))
