"""Which models are in the image: platformio.ini names a kind for each task, here it becomes generated/models.h.

The rest of the firmware calls motion_model_predict_proba and sound_model_predict_proba, whichever kind that is.
"""

import configparser
from collections.abc import Mapping
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


def header(kinds: Mapping[str, str]) -> str:
    """The text of generated/models.h."""
    lines = ["/* The models in this image, generated from platformio.ini. */", "#pragma once"]
    for task in TASKS:
        lines += ["", *(_absent(task) if kinds[task] == NONE else _present(task, kinds[task]))]
    return "\n".join(lines) + "\n"


def left_out(kinds: Mapping[str, str]) -> tuple[str, ...]:
    """Sources that the image has no use for, below firmware/src, as patterns of PlatformIO's filter."""
    absent = [task for task in TASKS if kinds[task] == NONE]
    unused = [name for task in TASKS for name in (ONLY_WITH if task in absent else ONLY_WITHOUT)[task]]
    return (*unused, *(ONLY_WITH_ANY if len(absent) == len(TASKS) else ()), f"{GENERATED}/")


def chosen(kinds: Mapping[str, str]) -> tuple[str, ...]:
    """The models' own sources, likewise."""
    return tuple(f"{_file(task, kinds[task])}.c" for task in TASKS if kinds[task] != NONE)


def _file(task: str, kind: str) -> str:
    return f"{GENERATED}/{task}_{kind}"


def _absent(task: str) -> list[str]:
    return [f"#define {task.upper()}_MODEL 0"]


def _present(task: str, kind: str) -> list[str]:
    generic, own = f"{task}_model", f"{task}_{kind}"
    return [
        f'#include "{_file(task, kind)}.h"',
        f"#define {generic.upper()} 1",
        *(f"#define {generic}_{name} {own}_{name}" for name in ("predict_proba", "class_names")),
        *(f"#define {generic.upper()}_{name} ((int){own}_{name})" for name in ("FEATURES", "CLASSES")),
    ]
