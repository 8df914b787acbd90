"""KiCad 9 as a program: started with the project's own configuration and a fixed clock."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hardware.errors import InputError, ToolError

FOOTPRINT_LIBRARIES = Path("/usr/share/kicad/footprints")
MODELS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "dollar-tinyml" / "3dmodels"
BUILD_DATE = "2026-01-01 00:00:00"  # what KiCad writes for "now", so that the same inputs give the same bytes

_TEMPLATES = Path("/usr/share/kicad/template")


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """Environment for KiCad and tools built on it: library tables, 3D models, no display, UTC."""
    with tempfile.TemporaryDirectory(prefix="dollar-kicad-") as home:
        tables = Path(home) / "9.0"
        tables.mkdir()
        for name in ("sym-lib-table", "fp-lib-table"):
            if not (_TEMPLATES / name).is_file():
                raise InputError(f"{_TEMPLATES / name} is missing: KiCad 9 is not installed, run scripts/setup")
            shutil.copy(_TEMPLATES / name, tables)
        yield os.environ | {
            "KICAD_CONFIG_HOME": home,
            "KICAD9_FOOTPRINT_DIR": str(FOOTPRINT_LIBRARIES),
            "KICAD9_3DMODEL_DIR": str(MODELS),
            "INTERACTIVE_HTML_BOM_NO_DISPLAY": "1",
            "PYTHONHASHSEED": "0",
            "TZ": "UTC",
        }


def run(*command: str | Path, accept: tuple[int, ...] = (0,)) -> str:
    """Run a program (kicad-cli, kikit ...) at the fixed date; return what it printed.

    InputError if the program is not installed; ToolError with its output if it fails.
    """
    for program in ("faketime", str(command[0])):
        if shutil.which(program) is None:
            raise InputError(f"{program} is not installed: run scripts/setup")
    with environment() as env:
        done = subprocess.run(
            ["faketime", "-f", BUILD_DATE, *map(str, command)], env=env, capture_output=True, text=True, check=False
        )
    if done.returncode not in accept:
        raise ToolError(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def design_rule_report(board: Path, report: Path, *, schematic_parity: bool) -> dict[str, Any]:
    """KiCad's design rule check of a board, every severity, as KiCad's JSON report (also written to `report`)."""
    report.parent.mkdir(parents=True, exist_ok=True)
    parity = ["--schematic-parity"] if schematic_parity else []
    run("kicad-cli", "pcb", "drc", "--severity-all", *parity, "--format", "json", "-o", report, board)
    return json.loads(report.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def electrical_rule_report(schematic: Path, report: Path) -> dict[str, Any]:
    """KiCad's electrical rule check of a schematic, every severity, as KiCad's JSON report."""
    report.parent.mkdir(parents=True, exist_ok=True)
    run("kicad-cli", "sch", "erc", "--severity-all", "--format", "json", "-o", report, schematic)
    return json.loads(report.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
