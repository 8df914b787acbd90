"""Models of motion, from 2 to 5 kB with their features."""

from dataclasses import replace
from itertools import product
from typing import Any

from firmware.model import tasks
from firmware.model.evaluation.task import Recipe, Task
from firmware.model.search.candidate import Candidate
from firmware.model.search.grids import Grid
from firmware.model.search.plan import Plan

HIDDEN = (8, 16, 24, 32)
BITS = ((4, 8), (8, 8))
TREES_AND_LEAVES = ((5, 16), (10, 16), (10, 28), (20, 28), (40, 28))
DISTRIBUTIONS = (8, 16)
QUICK_EPOCHS = 3


def candidates(task: Task) -> tuple[Candidate, ...]:
    networks = [_network(task, hidden, bits, True) for hidden, bits in product(HIDDEN, BITS)]
    networks += [_network(task, hidden, BITS[0], False) for hidden in HIDDEN]
    forests = (_forest(task, *size, count, True) for size, count in product(TREES_AND_LEAVES, DISTRIBUTIONS))
    return (*networks, *forests)


def quick(task: Task) -> tuple[Candidate, ...]:
    networks = (_network(task, hidden, (4, 8), False, QUICK_EPOCHS) for hidden in (8, 16))
    return (*networks, _forest(task, 5, 16, 16, False))


def sizes(task: Task) -> tuple[Candidate, ...]:
    """The first bits and the last distributions are those of the recipes."""
    networks = (_network(task, hidden, BITS[0], True) for hidden in HIDDEN)
    forests = (_forest(task, trees, leaves, DISTRIBUTIONS[-1], True) for trees, leaves in ((5, 16), (10, 28), (20, 28), (40, 28)))
    return (_network(task, 24, BITS[0], False), *networks, *forests)


def _network(task: Task, hidden: int, bits: tuple[int, int], context: bool, epochs: int | None = None) -> Candidate:
    changed: dict[str, Any] = {"hidden": (hidden,), "bits": bits} | ({} if epochs is None else {"epochs": epochs})
    found = _changed(_recipe(task, "network", context), changed)
    return Candidate({"model": "network", "hidden": hidden, "bits": list(bits), "context": context}, found)


def _forest(task: Task, trees: int, leaves: int, distributions: int, context: bool) -> Candidate:
    changed = {"trees": trees, "leaves": leaves, "distributions": distributions}
    return Candidate({"model": "forest", **changed, "context": context}, _changed(_recipe(task, "forest", context), changed))


def _recipe(task: Task, kind: str, context: bool) -> Recipe:
    return tasks.recipe(task, kind if context else f"{kind}_without_context")


def _changed(recipe: Recipe, changed: dict[str, Any]) -> Recipe:
    return replace(recipe, settings={**recipe.settings, **changed})


GRID = Grid(candidates, quick, sizes, Plan(inner=4, seeds=(0,)))
