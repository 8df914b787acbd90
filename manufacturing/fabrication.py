"""Gerbers and drill files as JLCPCB takes them.

Plain RS-274X, attributes in comments only: JLCPCB's main CAM program did not read X2 (its engineer in KiCad's forum,
thread 26847), and nothing in an order needs X2. Protel extensions tell the layers apart. All files and the placement
file count from the same origin, the lower left corner of board or panel, y up. Plated and unplated holes are separate
files, as JLCPCB's KiCad guide asks. KiCad is started at a fixed date, so the files have the same bytes every time.
"""

import tempfile
from pathlib import Path

from hardware import kicad, tables
from hardware.errors import InputError
from manufacturing import archive

LAYERS = ("F.Cu", "B.Cu", "F.Paste", "B.Paste", "F.Silkscreen", "B.Silkscreen", "F.Mask", "B.Mask", "Edge.Cuts")

_GERBER_OPTIONS = (
    "--no-x2",
    "--no-netlist",
    "--subtract-soldermask",  # no ink on pads
    "--use-drill-file-origin",
)
_DRILL_OPTIONS = ("--drill-origin", "plot", "--excellon-separate-th")
_ORDERED = (".gtl", ".gbl", ".gtp", ".gbp", ".gto", ".gbo", ".gts", ".gbs", ".gm1", ".drl")


def gerbers(board: Path) -> dict[str, bytes]:
    """The fabrication files of a board or panel by name. InputError if the board is missing."""
    if not board.is_file():
        raise InputError(f"{tables.shown(board)} is missing: run make, which draws it")
    with tempfile.TemporaryDirectory(prefix="dollar-gerbers-") as name:
        folder = Path(name)
        output = f"{folder}/"
        kicad.run("kicad-cli", "pcb", "export", "gerbers", "-l", ",".join(LAYERS), *_GERBER_OPTIONS, "-o", output, board)
        kicad.run("kicad-cli", "pcb", "export", "drill", *_DRILL_OPTIONS, "-o", output, board)
        contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in _ORDERED}
    return {name: content for name, content in contents.items() if not _is_without_holes(name, content)}


def gerbers_zip(board: Path) -> bytes:
    """gerbers.zip of a board or panel, ready for upload."""
    return archive.packed(gerbers(board))


def _is_without_holes(name: str, content: bytes) -> bool:
    """An empty drill file (the board has no unplated hole) would only raise a question."""
    return name.endswith(".drl") and b"\nT1C" not in content
