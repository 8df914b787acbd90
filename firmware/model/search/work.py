"""Trainings side by side. Each is kept as soon as it is done, so that an interruption loses none of these."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib

from firmware.model.evaluation.task import Data
from firmware.model.search import kept

Told = Callable[[], None]  # called after each


@dataclass(frozen=True)
class Work:
    """`function(data, *arguments)` gives JSON. `key`: names what it gives, see kept."""

    key: str
    function: Callable[..., dict[str, Any]]
    arguments: tuple[Any, ...]


def done(works: Iterable[Work], data: Data, jobs: int, place: Path, told: Told = lambda: None) -> dict[str, dict[str, Any]]:
    """By key. What is kept in `place` is not done again."""
    found: dict[str, dict[str, Any]] = {}
    left: dict[str, Work] = {}
    for work in works:
        if work.key in found or work.key in left:
            continue
        known = kept.read(place, work.key)
        if known is None:
            left[work.key] = work
        else:
            found[work.key] = known
            told()
    for key, new in _each(left.values(), data, jobs):
        kept.write(place, key, new)
        found[key] = new
        told()
    return found


def _each(works: Iterable[Work], data: Data, jobs: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """As they are ready. One at a time goes to a worker: each takes seconds, and is kept when it comes back."""
    parallel = joblib.Parallel(jobs, return_as="generator_unordered", batch_size=1)
    yield from parallel(joblib.delayed(_one)(data, work.key, work.function, work.arguments) for work in works)


def _one(data: Data, key: str, function: Callable[..., dict[str, Any]], arguments: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
    return key, function(data, *arguments)
