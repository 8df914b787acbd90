"""What a training found, a file each, under a name that says what it was made of: whoever asks for the same again has it."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from firmware.model.evaluation import provenance
from firmware.model.evaluation.folds import Fold
from firmware.model.evaluation.task import Recipe, Task
from hardware import files, paths


def folder(task: Task) -> Path:
    return paths.BUILD / "model" / "search" / task.place


def made_of(task: Task, recipe: Recipe, function: Callable[..., Any]) -> str:
    """A digest of data, sources, settings and libraries."""
    found = asdict(provenance.of(task, recipe, (function,)))
    return _digest(json.dumps(found, sort_keys=True))


def key(made: str, left_out: Sequence[Fold], seed: int) -> str:
    return _digest(json.dumps([made, [sorted(fold.held_out) for fold in left_out], seed]))


def read(place: Path, name: str) -> dict[str, Any] | None:
    """None where nothing is kept, or what is kept is damaged."""
    try:
        found = json.loads(_file(place, name).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write(place: Path, name: str, found: dict[str, Any]) -> None:
    files.write(_file(place, name), json.dumps(found))


def _file(place: Path, name: str) -> Path:
    return place / f"{name}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
