"""The tasks that there are models for."""

import importlib

from firmware.model.evaluation.task import Recipe, Task
from hardware.errors import InputError

# Module and function that make each; imported when asked for
TASKS = {
    "motion": ("firmware.model.motion.task", "task"),
    "exercise": ("firmware.model.motion.task", "exercise"),
    "sound": ("firmware.model.sound.task", "task"),
}


def find(name: str) -> Task:
    if name not in TASKS:
        raise InputError(f"there is no task {name!r}: say {' or '.join(TASKS)}")
    module, function = TASKS[name]
    task: Task = getattr(importlib.import_module(module), function)()
    return task


def recipe(task: Task, name: str) -> Recipe:
    """The task's first for an empty name."""
    for found in task.recipes:
        if found.name == (name or task.recipes[0].name):
            return found
    raise InputError(f"there is no model {name!r} of {task.name}: say {' or '.join(found.name for found in task.recipes)}")
