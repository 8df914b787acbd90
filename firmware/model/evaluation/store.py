"""Results of the last training on disk, each model's in one file, with what it was made of. A training that is interrupted
leaves the file of the one before."""

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from firmware.model.evaluation.host_check import Mismatches
from firmware.model.evaluation.provenance import Provenance
from firmware.model.evaluation.results import Answers, Results
from firmware.model.evaluation.task import Cost
from hardware import files, paths

FOLDER = paths.BUILD / "model"
_FORMAT = 1
_PARTS = ("probabilities", "truth", "groups")


def path(task: str, recipe: str) -> Path:
    return FOLDER / task / f"{recipe}.npz"


def write(results: Results, made_of: Provenance) -> Path:
    about = {
        "format": _FORMAT,
        **{name: getattr(results, name) for name in ("task", "recipe", "kind", "classes", "protocol", "seeds")},
        "mismatches": asdict(results.mismatches),
        "cost": asdict(results.cost) if results.cost else None,
        "stress": list(results.stress),
        "made_of": asdict(made_of),
    }
    arrays = {"about": np.array(json.dumps(about, sort_keys=True)), **_arrays("test", results.answers)}
    for name, answers in results.stress.items():
        arrays |= _arrays(f"stress {name}", answers)
    if results.sensorless is not None:
        arrays["sensorless"] = results.sensorless
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    written = path(results.task, results.recipe)
    files.write(written, packed.getvalue())
    return written


def read(task: str, recipe: str) -> tuple[Results, Provenance] | None:
    """None where nothing is stored, or what is stored cannot be read: then a new training is all that helps."""
    try:
        with np.load(path(task, recipe), allow_pickle=False) as packed:
            arrays = {name: packed[name] for name in packed.files}
        about = json.loads(str(arrays["about"]))
        return (_results(about, arrays), Provenance(**about["made_of"])) if about["format"] == _FORMAT else None
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


def _arrays(name: str, answers: Answers) -> dict[str, Any]:
    return {f"{name} {part}": getattr(answers, part) for part in _PARTS}


def _results(about: dict[str, Any], arrays: dict[str, Any]) -> Results:
    def answers(name: str) -> Answers:
        return Answers(*(arrays[f"{name} {part}"] for part in _PARTS))

    return Results(
        task=about["task"],
        recipe=about["recipe"],
        kind=about["kind"],
        classes=tuple(about["classes"]),
        protocol=about["protocol"],
        seeds=tuple(about["seeds"]),
        answers=answers("test"),
        stress={name: answers(f"stress {name}") for name in about["stress"]},
        sensorless=arrays.get("sensorless"),
        mismatches=Mismatches(**about["mismatches"]),
        cost=Cost(**about["cost"]) if about["cost"] else None,
    )
