"""The public task with a user's recordings in place of the public ones, and the result in a place of its own."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from firmware.model import tasks
from firmware.model.data import folder as folders
from firmware.model.data import read_folder
from firmware.model.evaluation.task import Data, Task
from firmware.model.own import enough, groups, plausible
from firmware.model.own.groups import Grouping
from hardware import paths

GENERATED = paths.BUILD / "model" / "own"


@dataclass(frozen=True)
class OwnTask:
    """`doubts`: what is known to be thin before anything is trained."""

    task: Task
    doubts: tuple[str, ...]


def of(name: str, folder: Path, recipe: str = "") -> OwnTask:
    """With this recipe alone, the task's first for an empty name. InputError for anything that would spoil a model: what is wrong
    with the recordings, or too little of them."""
    public = tasks.find(name)
    data, grouping = (_motion if name == "motion" else _sound)(folder)
    little = enough.check(name, data.test, data.classes)
    digest = _digest(name, folder)
    own = replace(
        public,
        protocol=f"{grouping.folds} folds by {grouping.unit} ({len(set(grouping.of))}) of the recordings in {folder.name}.",
        attribution=f"recordings in {folder.name}.",
        load=lambda: data,
        data_digest=lambda: digest,
        folds=grouping.folds,
        recipes=(tasks.recipe(public, recipe),),
        generated=GENERATED,
        data_name="own",
    )
    return OwnTask(own, (*([grouping.doubt] if grouping.doubt else []), *little))


def _motion(folder: Path) -> tuple[Data, Grouping]:
    from firmware.model.motion import examples

    found = read_folder.motion(folder)
    plausible.motion(found.recordings)
    enough.check_labels(found.labels)
    grouping = groups.choose(found.recordings, found.labels, _label_of_motion)
    of = dict(zip((one.source for one in found.recordings), grouping.of, strict=True))
    return examples.data(found, lambda recording: of[recording.source]), grouping


def _sound(folder: Path) -> tuple[Data, Grouping]:
    from firmware.model.sound import examples

    found = read_folder.sound(folder)
    plausible.sound(found.recordings)
    enough.check_labels(found.labels)
    grouping = groups.choose(found.recordings, found.labels, _label_of_sound)
    return examples.data(replace(found, recordings=_grouped(found.recordings, grouping))), grouping


def _label_of_motion(recording: Any) -> int:
    """All of a user's recording has the label of its folder."""
    return int(recording.label[0])


def _label_of_sound(recording: Any) -> int:
    return int(recording.label)


def _grouped(recordings: Sequence[Any], grouping: Grouping) -> tuple[Any, ...]:
    return tuple(replace(one, subject=group) for one, group in zip(recordings, grouping.of, strict=True))


def _digest(name: str, folder: Path) -> str:
    content = hashlib.sha256()
    for path in _files(name, folder):
        content.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return content.hexdigest()


def _files(name: str, folder: Path) -> Iterator[Path]:
    for path in folders.recordings(folder, name):
        yield from (path, path.with_suffix(".json"))
