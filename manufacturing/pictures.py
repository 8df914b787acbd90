"""Renders, 3D model and interactive bill, by the programs that make them."""

import sys
import tempfile
from pathlib import Path

from hardware import kicad

_FLAT = ("--width", "1500", "--height", "2000", "--background", "opaque", "--zoom", "1.0")
_TURNED = ("--perspective", "--rotate", "-42,0,28", "--quality", "high", "--width", "1600", "--height", "1300", "--zoom", "0.75")


def render(board: Path, side: str, target: Path) -> None:
    """A flat view of the "top" or "bottom" as PNG."""
    kicad.run("kicad-cli", "pcb", "render", "--side", side, *_FLAT, "-o", target, board)


def render_turned(board: Path, target: Path) -> None:
    """A view from the side, ray traced; takes some ten seconds."""
    kicad.run("kicad-cli", "pcb", "render", *_TURNED, "--background", "transparent", "-o", target, board)


def step(board: Path, target: Path) -> None:
    """Board and parts as STEP, from the same origin as gerbers and placement file."""
    kicad.run("kicad-cli", "pcb", "export", "step", "--force", "--drill-origin", "-o", target, board)


def interactive_bill(board: Path, target: Path) -> None:
    """A page that shows where each row of the bill goes (InteractiveHtmlBom)."""
    program = Path(sys.executable).with_name("generate_interactive_bom")
    with tempfile.TemporaryDirectory(prefix="dollar-ibom-") as folder:
        options = ("--no-browser", "--include-tracks", "--extra-fields", "LCSC,MPN", "--name-format", "ibom")
        kicad.run(program, *options, "--dest-dir", folder, board)
        (Path(folder) / "ibom.html").replace(target)
