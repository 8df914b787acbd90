"""Outcomes on disk, a line each as they come, so that a campaign that was stopped goes on where it was."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from hardware import paths
from manufacturing.station.coverage.trial import Bench, Outcome, Subject
from manufacturing.station.records.record import Verdict

# What decides an outcome, beside image and limits. What only derives, counts or explains is not in it.
_SOURCES = (
    "hardware/**/*",
    "firmware/*",
    "manufacturing/station/*",
    *(f"manufacturing/station/{part}/*" for part in ("fixture", "flasher", "selftest")),
    *(f"manufacturing/station/coverage/{part}.py" for part in ("changes", "good_boards", "sight", "trial")),
)
_SUFFIXES = {".py", ".c", ".h", ".cdef", ".csv", ".net"}
_DIGITS = 16


def made_of(bench: Bench) -> str:
    """A digest of sources, images and seed: whatever differs may change an outcome."""
    digest = hashlib.sha256(f"{bench.station.limits.version} {bench.seed} {bench.netlist}".encode())
    digest.update(bench.station.image + bench.station.factory_image)
    for path in sorted({path for pattern in _SOURCES for path in paths.ROOT.glob(pattern) if path.suffix in _SUFFIXES}):
        digest.update(f"{path.relative_to(paths.ROOT)} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]


class Kept:
    """Of one campaign. A line that a crash cut off is not there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._outcomes = dict(_read(path))

    def get(self, subject: Subject) -> Outcome | None:
        return self._outcomes.get(repr(subject))

    def add(self, subject: Subject, outcome: Outcome) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:  # the line end first: what was cut off before ends there
            file.write("\n" + json.dumps({"subject": repr(subject), **asdict(outcome)}))


def of(bench: Bench) -> Kept:
    return Kept(paths.BUILD / "coverage" / f"{made_of(bench)}.jsonl")


def _read(path: Path) -> list[tuple[str, Outcome]]:
    found = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            said = json.loads(line)
            found.append((said.pop("subject"), Outcome(**{**said, "verdict": Verdict(said["verdict"])})))
        except (ValueError, KeyError, TypeError):
            continue
    return found
