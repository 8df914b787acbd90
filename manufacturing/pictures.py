"""Renders, 3D model and interactive bill, by the programs that make them."""

import os
import sys
import tempfile
from pathlib import Path

from hardware import kicad

SIDES = ("top", "bottom")

_FLAT = ("--width", "900", "--height", "1200", "--background", "opaque")
_PANEL = ("--width", "1200", "--height", "1130", "--background", "opaque")
_TURNED = ("--perspective", "--rotate", "-42,0,28", "--quality", "high", "--width", "1400", "--height", "1150", "--zoom", "0.76")


def render(board: Path, side: str, target: Path) -> None:
    """A flat view of the "top" or "bottom" as PNG."""
    _render(SIDES.index(side), "--side", side, *_FLAT, "-o", target, board)


def render_panel(panel: Path, target: Path) -> None:
    """A flat view of the panel; takes half a minute."""
    _render(0, *_PANEL, "-o", target, panel)


def render_turned(board: Path, target: Path) -> None:
    """A view from the side, ray traced; takes half a minute."""
    _render(1, *_TURNED, "--background", "transparent", "-o", target, board)


def _render(lane: int, *options: str | Path) -> None:
    """On one core: with more threads about one picture in thirty comes out a few grey levels different.

    Pictures of different lanes, which may be drawn at the same time, take different cores.
    """
    cores = sorted(os.sched_getaffinity(0))
    kicad.run("taskset", "--cpu-list", str(cores[lane % len(cores)]), "kicad-cli", "pcb", "render", *options)


def step(board: Path, target: Path) -> None:
    """Board and parts as STEP, from the same origin as gerbers and placement file."""
    kicad.run("kicad-cli", "pcb", "export", "step", "--force", "--drill-origin", "-o", target, board)


def interactive_bill(board: Path, target: Path) -> None:
    """A page that shows where each row of the bill goes (InteractiveHtmlBom)."""
    program = Path(sys.executable).with_name("generate_interactive_bom")
    with tempfile.TemporaryDirectory(prefix="dollar-ibom-") as folder:
        options = ("--no-browser", "--include-tracks", "--extra-fields", "LCSC,MPN", "--name-format", "ibom")
        kicad.run(program, *options, "--dest-dir", folder, board)
        target.write_bytes((Path(folder) / "ibom.html").read_bytes())
