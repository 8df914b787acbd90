"""Two builds of the same sources, as far apart as two people's: folder, date, time zone, hash seed. Same bytes?"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware import paths
from hardware.errors import InputError

# What must be the same, from the root of the tree. Each pattern matches something, or the build is incomplete.
COMPARED = (
    "hardware/board.net",
    "build/kicad/*.kicad_sch",
    "build/kicad/*.kicad_pcb",
    "build/panel/*.kicad_pcb",
    "build/order/*/gerbers.zip",
    "build/order/*/bom.csv",
    "build/order/*/cpl.csv",
    "build/**/*.step",
)

_LEFT_OUT = shutil.ignore_patterns(
    "build", ".git", ".venv", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis", ".ruff_cache"
)
_SHOWN_BYTES = 24


@dataclass(frozen=True)
class Surroundings:
    """What may differ from one build to the next and must not show in what is built."""

    folder: str
    clock: str  # how faketime shifts the clock
    zone: str
    hash_seed: str


SURROUNDINGS = (
    Surroundings("a", "+0d", "UTC", "1"),
    Surroundings("a longer name/of the folder", "+400d", "Asia/Tokyo", "2"),
)


@dataclass(frozen=True)
class Compared:
    """One file of both builds: its digest in the first, and where they differ, None if nowhere."""

    name: str
    sha256: str
    difference: str | None


def compare(say: Callable[[str], None], source: Path = paths.ROOT, patterns: tuple[str, ...] = COMPARED) -> list[Compared]:
    """Build twice from copies of the source tree without its build folder; compare. InputError if a build fails."""
    for program in ("make", "faketime"):
        if shutil.which(program) is None:
            raise InputError(f"{program} is not installed: run scripts/setup")
    with tempfile.TemporaryDirectory(prefix="dollar-twice-") as name:
        trees = [Path(name) / surroundings.folder for surroundings in SURROUNDINGS]
        for tree, surroundings in zip(trees, SURROUNDINGS, strict=True):
            say(f"building a clean copy, clock {surroundings.clock}, time zone {surroundings.zone}")
            shutil.copytree(source, tree, ignore=_LEFT_OUT, symlinks=True)
            _build(tree, surroundings)
        return differences(trees[0], trees[1], patterns)


def differences(first: Path, second: Path, patterns: tuple[str, ...]) -> list[Compared]:
    """Each file that a pattern matches in either tree, by name. InputError for a pattern that matches none."""
    compared: dict[str, Compared] = {}
    for pattern in patterns:
        names = {str(path.relative_to(tree)) for tree in (first, second) for path in tree.glob(pattern) if path.is_file()}
        if not names:
            raise InputError(
                f"the build wrote no {pattern}: mend the Makefile's target build, then run dollar check --reproducible"
            )
        compared |= {name: _compared(name, first / name, second / name) for name in names}
    return [compared[name] for name in sorted(compared)]


def _compared(name: str, first: Path, second: Path) -> Compared:
    if not (first.is_file() and second.is_file()):
        return Compared(name, "", f"only in the {'first' if first.is_file() else 'second'} build")
    one, other = first.read_bytes(), second.read_bytes()
    return Compared(name, hashlib.sha256(one).hexdigest(), None if one == other else _first_difference(one, other))


def _first_difference(one: bytes, other: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    line = one.count(b"\n", 0, at) + 1
    return f"byte {at} (line {line}): {one[at : at + _SHOWN_BYTES]!r}, then {other[at : at + _SHOWN_BYTES]!r}"


def _build(tree: Path, surroundings: Surroundings) -> None:
    # The tools are the same in both: the programs in .venv import from PYTHONPATH first, which is the copy.
    (tree / ".venv").symlink_to(Path(sys.prefix))
    environment = os.environ | {
        "PYTHONPATH": str(tree),
        "PYTHONHASHSEED": surroundings.hash_seed,
        "TZ": surroundings.zone,
        "NO_FAKE_STAT": "1",  # make compares the files' own times
    }
    done = subprocess.run(
        ["faketime", "-f", surroundings.clock, "make", "--no-print-directory", "build"],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and not line.startswith("make")]
        last = said[-1].strip() if said else "no message"
        raise InputError(f"a build from a clean copy fails ({last}): run make in a fresh clone and mend what it says")
