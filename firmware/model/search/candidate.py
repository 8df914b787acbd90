"""A recipe with other settings, and what a budget allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from firmware.model.evaluation.task import Cost, Recipe


@dataclass(frozen=True)
class Candidate:
    """`settings`: what tells it from the others, as JSON."""

    settings: Mapping[str, Any]
    recipe: Recipe


@dataclass(frozen=True)
class Budget:
    """None: as much as it likes."""

    flash_bytes: int | None = None
    cycles: int | None = None

    def allows(self, cost: Cost) -> bool:
        return _within(cost.flash_bytes, self.flash_bytes) and _within(cycles(cost), self.cycles)


def cycles(cost: Cost) -> int:
    """Those that an answer waits for: the window's, or what follows the last one."""
    return cost.cycles_per_window if cost.cycles_per_answer is None else cost.cycles_per_answer


def _within(value: int, limit: int | None) -> bool:
    return limit is None or value <= limit


def words(settings: Mapping[str, Any]) -> str:
    """The kind of model, then each setting with its name."""
    named = (f"{name} {_word(value)}" for name, value in settings.items() if name != "model")
    return ", ".join([settings["model"], *named])


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)
