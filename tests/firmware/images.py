"""Images of the firmware other than that of make: without a model, with one that a test can follow, with less stack."""

import functools
import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from firmware import models
from firmware.image import ELF, symbols
from hardware import paths

FIRMWARE = paths.ROOT / "firmware"
BY_HAND = Path(__file__).parent / "model_by_hand"
READ = (FIRMWARE, BY_HAND, paths.ROOT / "hardware" / "parts", paths.ROOT / "hardware" / "board.net")
FOLDER = paths.BUILD / "test-images"


@functools.cache
def without_model() -> Path:
    return _image({"motion": "none", "sound": "none"})


@functools.cache
def with_model_by_hand() -> Path:
    """One that says what model_by_hand/motion_network.c says."""
    return _image({"motion": "network", "sound": "none"})


@functools.cache
def with_models_by_hand() -> Path:
    """Of motion and of sound."""
    return _image({"motion": "network", "sound": "network"})


@functools.cache
def with_own_model() -> Path:
    """The models by hand as a user's own, beside the committed ones."""
    return _image({"motion": "network", "sound": "none"}, own=True)


def with_stack(unused: int) -> bytes:
    """What make built, with a stack of so many bytes."""
    top = symbols(ELF)["__stack_limit"] + unused & ~7
    return struct.pack("<I", top) + ELF.with_suffix(".bin").read_bytes()[4:]


def _image(kinds: dict[str, str], own: bool = False) -> Path:
    """Workers that build it at once end with the same file."""
    image = FOLDER / f"{kinds['motion']}-{kinds['sound']}-{'own-' if own else ''}{_digest()}.bin"
    if not image.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
            _build(Path(scratch), kinds, own).replace(image)
    return image


def _digest() -> str:
    files = [path for place in READ for path in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    sources = [path for path in files if path.suffix in (".c", ".h", ".ld", ".ini", ".py", ".json", ".csv", ".net")]
    return hashlib.sha256(b"".join(bytes(path) + path.read_bytes() for path in sources)).hexdigest()[:16]


def _build(folder: Path, kinds: dict[str, str], own: bool) -> Path:
    shutil.copytree(FIRMWARE / "src", folder / "src", ignore=None if own else shutil.ignore_patterns("generated"))
    if not own:
        shutil.copytree(BY_HAND, folder / "src" / models.GENERATED)
    settings = (FIRMWARE / "platformio.ini").read_text()
    for task, kind in kinds.items():
        settings = re.sub(rf"^{models.option(task)} = .*$", f"{models.option(task)} = {kind}", settings, flags=re.MULTILINE)
    if own:
        settings = settings.replace("[env:board]\n", f"[env:board]\ncustom_models = {BY_HAND}\n")
    (folder / "platformio.ini").write_text(settings)
    told = {"SRC_DIR": "src", "BUILD_DIR": "built", "CORE_DIR": "core", "LIBDEPS_DIR": "libraries"}
    environment = {f"PLATFORMIO_{name}": str(folder / place) for name, place in told.items()}
    environment["PLATFORMIO_SETTING_ENABLE_TELEMETRY"] = "no"
    command = [Path(sys.executable).with_name("pio"), "run", "--silent", "--project-dir", FIRMWARE]
    command += ["--project-conf", folder / "platformio.ini", "--environment", "board"]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "built" / "firmware.bin"
