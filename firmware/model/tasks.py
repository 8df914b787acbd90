"""The tasks that there are models for."""

import importlib

from firmware.model.evaluation.task import Recipe, Task
from hardware.errors import InputError

# Each with a function `task`; imported when asked for
MODULES = {"motion": "firmware.model.motion.task", "sound": "firmware.model.sound.task"}


def find(name: str) -> Task:
    if name not in MODULES:
        raise InputError(f"there is no task {name!r}: say {' or '.join(MODULES)}")
    task: Task = importlib.import_module(MODULES[name]).task()
    return task


def recipe(task: Task, name: str) -> Recipe:
    """The task's first for an empty name."""
    for found in task.recipes:
        if found.name == (name or task.recipes[0].name):
            return found
    raise InputError(f"there is no model {name!r} of {task.name}: say {' or '.join(found.name for found in task.recipes)}")
