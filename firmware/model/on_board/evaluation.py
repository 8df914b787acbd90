"""`dollar evaluate --on virtual`: boards at work, and what comes of it."""

import time
from collections.abc import Callable, Iterable
from typing import Any

import joblib

from firmware.console import ConsoleError
from firmware.model.data import motion_sets, sound_sets
from firmware.model.data.recording import MotionSet, SoundSet
from firmware.model.evaluation.task import Recipe, Task
from firmware.model.on_board import activities, drawing, image, utterances
from firmware.model.on_board.comparison import Played, figures
from firmware.model.on_board.host_model import HostModel
from firmware.model.on_board.image import Image
from hardware.errors import InputError
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.sound import DEFAULT_DB_SPL

Progress = Callable[[int, int], None]  # boards done, of so many

SEEN = (
    "their consoles tell the likeliest class of each. The model was trained on all of this data: accuracy here is of people whom "
    "it has seen and shows that the chain works; dollar evaluate {task} tells it of others"
)
MOTION = (
    "{count} windows of {data}, in runs of {run}, each class in its share, drawn with seed {seed}; played to the accelerometers "
    "of {boards} virtual boards that run the firmware; "
)
SOUND = (
    "{count} words of {data}, each speaker's in their share, drawn with seed {seed}; each played at {db_spl:g} dB SPL, between "
    "silences, to the microphone of a virtual board that always listens, but for its beacons; a word that the gate does not hear "
    "as one is missed, and not right; "
)


def run(task: Task, recipe: Recipe, count: int, jobs: int, progress: Progress) -> dict[str, Any]:
    """Of so many windows or words. Figures do not depend on `jobs`, but for the seconds. InputError where image, model or data
    are not there."""
    if task.name not in ("motion", "sound") or not recipe.shipped:
        raise InputError(f"the firmware takes no model {recipe.name} of {task.name}: leave out --on virtual")
    chosen = image.default(task.name, recipe.kind)
    if task.name == "sound":
        return of_sound(chosen, sound_sets.fsdd(), count, jobs, progress)
    return of_motion(chosen, motion_sets.spsw_har(motion_sets.WATCH), count, jobs, progress)


def of_motion(
    chosen: Image, recordings: MotionSet, windows: int, jobs: int = -1, progress: Progress = lambda _done, _of: None
) -> dict[str, Any]:
    stretches = activities.drawn(recordings.recordings, windows)
    start = time.perf_counter()
    begins = activities.begin(chosen)
    played = _done([joblib.delayed(activities.compare)(stretch, chosen, begins) for stretch in stretches], jobs, progress)
    found = _figures("motion", chosen, played, start)
    drawn = {"count": found["windows"], "data": recordings.name, "run": activities.RUN, "seed": drawing.SEED}
    return {**found, "unit": "windows", "protocol": (MOTION + SEEN).format(**drawn, boards=len(played), task="motion")}


def of_sound(
    chosen: Image, recordings: SoundSet, words: int, jobs: int = -1, progress: Progress = lambda _done, _of: None
) -> dict[str, Any]:
    clips = utterances.drawn(recordings.recordings, words)
    start = time.perf_counter()
    played = _done([joblib.delayed(utterances.compare)(clip, chosen) for clip in clips], jobs, progress)
    found = _figures("sound", chosen, played, start)
    drawn = {"count": found["windows"], "data": recordings.name, "seed": drawing.SEED, "db_spl": DEFAULT_DB_SPL}
    return {**found, "unit": "words", "protocol": (SOUND + SEEN).format(**drawn, task="sound")}


def _figures(task: str, chosen: Image, played: list[Played], start: float) -> dict[str, Any]:
    classes = HostModel(task, chosen.kind, chosen.folder).classes
    return {"task": task, "model": chosen.kind, **figures(played, classes, time.perf_counter() - start)}


def _done(work: list[Any], jobs: int, progress: Progress) -> list[Played]:
    found: list[Played] = []
    ready: Iterable[Played] = joblib.Parallel(jobs, return_as="generator")(work)
    try:
        for one in ready:
            found.append(one)
            progress(len(found), len(work))
    except (ConsoleError, NotModelled) as error:
        raise InputError(f"a virtual board does not go on ({error}): run make firmware") from None
    return found
