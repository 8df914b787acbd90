"""`dollar evaluate --on virtual`: boards at work, and what comes of it."""

import time
from collections.abc import Callable, Iterable
from typing import Any

import joblib

from firmware.model.data import motion_sets
from firmware.model.data.recording import MotionSet
from firmware.model.evaluation.task import Recipe, Task
from firmware.model.on_board import activities, drawing, image
from firmware.model.on_board.comparison import Played, figures
from firmware.model.on_board.host_model import HostModel
from firmware.model.on_board.image import Image
from hardware.errors import InputError

Progress = Callable[[int, int], None]  # boards done, of so many

SEEN = (
    "their consoles tell the likeliest class of each. The model was trained on all of this data: accuracy here is of people whom "
    "it has seen and shows that the chain works; dollar evaluate {task} tells it of others"
)
MOTION = (
    "{windows} windows of {data}, in runs of {run}, each class in its share, drawn with seed {seed}; played to the "
    "accelerometers of {boards} virtual boards that run the firmware; "
) + SEEN


def run(task: Task, recipe: Recipe, windows: int, jobs: int, progress: Progress) -> dict[str, Any]:
    """Figures do not depend on `jobs`, but for the seconds. InputError where image, model or data are not there."""
    if task.name != "motion" or not recipe.shipped:
        raise InputError(f"the firmware takes no model {recipe.name} of {task.name}: leave out --on virtual")
    chosen = image.default(task.name, recipe.kind)
    return of_motion(chosen, motion_sets.spsw_har(motion_sets.WATCH), windows, jobs, progress)


def of_motion(
    chosen: Image, recordings: MotionSet, windows: int, jobs: int = -1, progress: Progress = lambda _done, _of: None
) -> dict[str, Any]:
    stretches = activities.drawn(recordings.recordings, windows)
    start = time.perf_counter()
    begins = activities.begin(chosen)
    work = [joblib.delayed(activities.compare)(stretch, chosen, begins) for stretch in stretches]
    played = _done(work, jobs, progress)
    model = HostModel("motion", chosen.kind, chosen.folder)
    found = figures(played, model.classes, time.perf_counter() - start)
    drawn = {"windows": found["windows"], "data": recordings.name, "run": activities.RUN, "seed": drawing.SEED}
    protocol = MOTION.format(**drawn, boards=len(played), task="motion")
    return {"task": "motion", "model": chosen.kind, "unit": "windows", "protocol": protocol, **found}


def _done(work: list[Any], jobs: int, progress: Progress) -> list[Played]:
    found: list[Played] = []
    ready: Iterable[Played] = joblib.Parallel(jobs, return_as="generator")(work)
    for one in ready:
        found.append(one)
        progress(len(found), len(work))
    return found
