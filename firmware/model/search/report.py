"""What a search found, as JSON and figure in build/reports."""

import json
from typing import Any

from firmware.model.evaluation.task import Cost, Task
from firmware.model.search import figure
from firmware.model.search.candidate import Budget, cycles
from firmware.model.search.nested import Choice, Found, Scored
from firmware.model.search.plan import Plan
from hardware import files, paths

DIGITS = 4


def write(task: Task, found: Found, budget: Budget, plan: Plan) -> dict[str, Any]:
    """The JSON; files are named after the task."""
    name = f"{task.place}_search"
    title = f"{task.name}: {len(found.scored)} candidates; nested accuracy {found.accuracy:.3f}"
    files.write(paths.REPORTS / f"{name}.svg", figure.draw(title, found, budget))
    told = as_json(task, found, budget, plan) | {"figure": f"{name}.svg"}
    files.write(paths.REPORTS / f"{name}.json", json.dumps(told, indent=2) + "\n")
    return told


def as_json(task: Task, found: Found, budget: Budget, plan: Plan) -> dict[str, Any]:
    """`accuracy` of a candidate is that of the inner folds, `nested_accuracy` that of the chosen ones on the outer folds."""
    return {
        "task": task.name,
        "protocol": f"{task.protocol} In each training part, {plan.inner} of the other folds choose, or all that there are.",
        "seeds": list(plan.seeds),
        "candidates": [_candidate(one) for one in found.scored],
        "budget": {"flash_bytes": budget.flash_bytes, "cycles": budget.cycles},
        "chosen": dict(found.scored[found.chosen].candidate.settings),
        "nested_accuracy": round(found.accuracy, DIGITS),
        "outer_choices": [_choice(one, found) for one in found.choices],
    }


def _candidate(one: Scored) -> dict[str, Any]:
    return {
        "settings": dict(one.candidate.settings),
        "accuracy": round(one.accuracy, DIGITS),
        **_cost(one.cost),
        "on_front": one.on_front,
        "outer_folds_that_chose_it": one.chosen,
    }


def _choice(one: Choice, found: Found) -> dict[str, Any]:
    return {
        "held_out": list(one.held_out),
        "settings": dict(found.scored[one.candidate].candidate.settings),
        "inner_accuracy": round(one.inner_accuracy, DIGITS),
        "accuracy": round(one.right / one.windows, DIGITS),
        **_cost(one.cost),
    }


def _cost(cost: Cost) -> dict[str, int]:
    return {"flash_bytes": cost.flash_bytes, "cycles": cycles(cost)}
