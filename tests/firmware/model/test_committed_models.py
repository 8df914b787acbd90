"""The committed models within what a board of 32 kB and 4 kB has for them, with their features or front end."""

from pathlib import Path

import pytest

from firmware.model import tasks
from firmware.model.evaluation import final
from firmware.model.evaluation.task import Cost


def cost(task_name: str) -> Cost:
    task = tasks.find(task_name)
    name = final.name(task, task.recipes[0])
    assert task.cost is not None
    return task.cost(Path(final.FOLDER) / f"{name}.c", name)


def test_motion() -> None:
    found = cost("motion")
    assert found.flash_bytes <= 3500
    assert found.cycles_per_window <= 60_000


def test_sound() -> None:
    found = cost("sound")
    assert found.flash_bytes <= 6000
    assert found.cycles_per_window <= 36_000


@pytest.mark.parametrize("task_name", ["motion", "sound"])
def test_the_head_of_the_generated_c_tells_its_cost(task_name: str) -> None:
    found = cost(task_name)
    head = (final.FOLDER / f"{task_name}_network.c").read_text()[:1500]
    assert f"{found.flash_bytes} bytes of flash, {found.cycles_per_window} cycles a window" in head
