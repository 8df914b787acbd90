"""The firmware with models of a user's own recordings."""

import os
import subprocess
import sys
from pathlib import Path

from firmware import models
from hardware import paths
from hardware.errors import ToolError

IMAGE = paths.FIRMWARE / "own" / "firmware.bin"


def only(task: str, written: Path) -> None:
    """Take away the task's models of other kinds in the same folder: the image has one of each task."""
    for kind in models.KINDS:
        for path in written.parent.glob(f"{task}_{kind}.[ch]"):
            if path.stem != written.stem:
                path.unlink()


def build() -> Path:
    """Raises ToolError with what the build says, such as that the model is too large."""
    environment = os.environ | {"PLATFORMIO_SETTING_ENABLE_TELEMETRY": "no"}
    command: list[str | Path] = [
        Path(sys.executable).with_name("pio"),
        "run",
        "--silent",
        "--project-dir",
        "firmware",
        "--environment",
        "own",
    ]
    done = subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise ToolError(f"the firmware with this model does not build:\n{(done.stdout + done.stderr).strip()}")
    return IMAGE
