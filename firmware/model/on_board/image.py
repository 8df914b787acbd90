"""The firmware that is run, and which models are in it."""

import functools
from dataclasses import dataclass
from pathlib import Path

from firmware import models
from firmware.console import Console, ConsoleError, Refused
from hardware import netlist, paths, tables
from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.virtual_board.board import VirtualBoard

DEFAULT = paths.FIRMWARE / "firmware.bin"
BOOT_S = 0.3  # blink and first beacon included


@dataclass(frozen=True)
class Image:
    """`kind`: of the model of the task that is looked at. `folder` has the C of it, as of HostModel."""

    path: Path
    kind: str
    folder: Path | None = None


@functools.cache
def circuit() -> Netlist:
    return netlist.read()


def default(task: str, kind: str) -> Image:
    """The one that make builds. InputError where it is missing, or has no model of this kind."""
    if not DEFAULT.is_file():
        raise InputError(f"{tables.shown(DEFAULT)} is missing: run make firmware")
    named = models.in_default_image().get(task, models.NONE)
    if named != kind:
        has = "no model" if named == models.NONE else f"the {named}"
        mend = f"say {models.option(task)} = {kind} in firmware/platformio.ini and run make firmware"
        raise InputError(f"the firmware has {has} of {task}: {mend}")
    _check_tasks(task)
    return Image(DEFAULT, kind)


def _check_tasks(task: str) -> None:
    """It may have been built of other settings."""
    if task not in tasks_in(DEFAULT):
        raise InputError(f"{tables.shown(DEFAULT)} has no model of {task}: run make firmware")


def tasks_in(image: Path) -> tuple[str, ...]:
    """Those that the running image says it has models of."""
    board = VirtualBoard(circuit(), image)
    board.run(BOOT_S)
    try:
        return tuple(line.values["task"] for line in Console(board.serial()).request("class").lines)
    except Refused:  # without any model there is no such command
        return ()
    except ConsoleError as error:
        raise InputError(f"{tables.shown(image)} does not say which models it has ({error}): run make firmware") from None
