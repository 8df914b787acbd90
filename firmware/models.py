"""Which models are in the image: platformio.ini names a kind for each task, here it becomes generated/models.h.

The rest of the firmware calls motion_model_predict_proba and sound_model_predict_proba, whichever kind that is.
"""

import configparser
from collections.abc import Container, Mapping
from pathlib import Path

from hardware.errors import InputError

TASKS = ("motion", "sound")
KINDS = ("network", "forest")
NONE = "none"
GENERATED = "model/generated"  # below the sources
# Of each task: what only its models need, and what takes its place without one; below the sources
ONLY_WITH = {
    "motion": ("app/motion_recognition.c", "model/motion_features.c", "model/motion_context.c"),
    "sound": (
        *("app/listen.c", "app/words.c", "model/word_gate.c", "model/frame_ring.c", "model/endpoints.c", "model/sound_map.c"),
        *("model/log_mel.c", "model/log2_fixed.c", "model/hann_window.c", "model/fft_q15.c", "model/sound_tables.c"),
    ),
}
ONLY_WITHOUT = {"motion": ("app/motion_watch.c",), "sound": ()}
ONLY_WITH_ANY = ("app/classes.c", "model/decision.c")


def option(task: str) -> str:
    """Its name in platformio.ini."""
    return f"custom_{task}_model"


def in_default_image() -> dict[str, str]:
    """The kind of each task's model in the image that make builds."""
    settings = configparser.ConfigParser(inline_comment_prefixes=";")
    settings.read(Path(__file__).with_name("platformio.ini"))
    return {task: settings["env:board"][option(task)] for task in TASKS}


def own(folder: Path) -> dict[str, Path]:
    """Of the tasks whose C is in this folder, a file task_kind.c: that, which takes the place of the committed one."""
    found = ((task, folder / f"{task}_{kind}.c") for task in TASKS for kind in KINDS)
    return {task: path for task, path in found if path.is_file()}


def kinds_of(own: Mapping[str, Path]) -> dict[str, str]:
    return {task: path.stem.removeprefix(f"{task}_") for task, path in own.items()}


def check(kinds: Mapping[str, str], sources: Path) -> None:
    """InputError for a kind that there is not, or whose C nobody has made yet."""
    for task in TASKS:
        kind = kinds[task]
        if kind not in (*KINDS, NONE):
            raise InputError(f"{option(task)} = {kind} in firmware/platformio.ini: say {', '.join(KINDS)} or {NONE}")
        if kind != NONE and not (sources / f"{_file(task, kind)}.c").is_file():
            raise InputError(
                f"firmware/src/{_file(task, kind)}.c is missing: run dollar train {task}, "
                f"or say {option(task)} = {NONE} in firmware/platformio.ini"
            )


def header(kinds: Mapping[str, str], own: Container[str] = ()) -> str:
    """The text of generated/models.h. `own`: tasks whose model is not the committed one."""
    lines = ["/* The models in this image, generated from platformio.ini. */", "#pragma once"]
    for task in TASKS:
        lines += ["", *(_absent(task) if kinds[task] == NONE else _present(task, kinds[task], task in own))]
    return "\n".join(lines) + "\n"


def left_out(kinds: Mapping[str, str]) -> tuple[str, ...]:
    """Sources that the image has no use for, below firmware/src, as patterns of PlatformIO's filter."""
    absent = [task for task in TASKS if kinds[task] == NONE]
    unused = [name for task in TASKS for name in (ONLY_WITH if task in absent else ONLY_WITHOUT)[task]]
    return (*unused, *(ONLY_WITH_ANY if len(absent) == len(TASKS) else ()), f"{GENERATED}/")


def chosen(kinds: Mapping[str, str], own: Container[str] = ()) -> tuple[str, ...]:
    """The committed models' sources, likewise."""
    return tuple(f"{_file(task, kinds[task])}.c" for task in TASKS if kinds[task] != NONE and task not in own)


def _file(task: str, kind: str) -> str:
    return f"{GENERATED}/{task}_{kind}"


def _absent(task: str) -> list[str]:
    return [f"#define {task.upper()}_MODEL 0"]


def _present(task: str, kind: str, own: bool) -> list[str]:
    generic, named = f"{task}_model", f"{task}_{kind}"
    return [
        f'#include "{named if own else _file(task, kind)}.h"',
        f"#define {generic.upper()} 1",
        *(f"#define {generic}_{name} {named}_{name}" for name in ("predict_proba", "class_names")),
        *(f"#define {generic.upper()}_{name} ((int){named}_{name})" for name in ("FEATURES", "CLASSES")),
    ]
