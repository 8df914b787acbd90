"""The order package: everything that JLCPCB needs and asks, for a board and for a panel, in one folder."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from hardware import files, netlist, paths
from hardware.netlist import Netlist
from manufacturing import (
    assembly_drawing,
    board_shapes,
    bom_file,
    copper_measures,
    fabrication,
    fabrication_notes,
    panelise,
    pictures,
    placement_file,
    polarity_sheet,
    readiness,
)
from manufacturing.panel import PANEL
from manufacturing.placement_file import Placement

CHECKSUMS = "SHA256SUMS"
_WORKERS = 2  # KiCad's exporters are programs of their own; the build is meant for two cores


@dataclass(frozen=True)
class Order:
    """What was written. `files` are relative to `folder`, in order."""

    folder: Path
    boards: int
    files: tuple[str, ...]
    unverified: int


@dataclass(frozen=True)
class Sources:
    """The circuit, the board and panel that must agree with it, and where the list of open points goes."""

    netlist: Netlist
    board: Path = paths.BOARD
    panel: Path = paths.PANEL
    points_open: Path = readiness.FILE  # written even if the order is refused: it says what to do


def write(boards: int, *, accept_unverified: bool = False, sources: Sources | None = None, target: Path = paths.ORDER) -> Order:
    """Write the package; the previous one stays until the new one is whole.

    InputError if more than ten boards are asked for on unverified facts that are not accepted, if board or panel is
    missing, lacks a part of the circuit, or has one that cannot be ordered.
    """
    sources = sources or Sources(netlist.read())
    state = readiness.assess(sources.netlist, boards)
    files.write(sources.points_open, readiness.text(state))
    readiness.require(state, sources.points_open, accepted=accept_unverified)
    panelise.update(sources.board, sources.panel)
    with files.replaced_folder(target) as folder:
        _fill(folder, sources, readiness.text(state), boards)
        names = tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()))
        (folder / CHECKSUMS).write_text(_checksums(folder, names), encoding="utf-8")
    return Order(target, boards, (*names, CHECKSUMS), len(state.facts))


def _fill(folder: Path, sources: Sources, points_open: str, boards: int) -> None:
    board = sources.board
    single = placement_file.read(board, sources.netlist)
    panelled = placement_file.read(sources.panel, sources.netlist)
    pictured: tuple[Callable[[], None], ...] = (
        lambda: pictures.step(board, folder / "board.step"),
        lambda: _write_fabrication(folder / "panel", sources.panel),
        lambda: pictures.render(board, "top", folder / "top.png"),
        lambda: pictures.render(board, "bottom", folder / "bottom.png"),
        lambda: pictures.interactive_bill(board, folder / "ibom.html"),
    )
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting = [pool.submit(make) for make in pictured]
        _write_fabrication(folder / "board", board)
        _write_assembly(folder / "board", single)
        _write_assembly(folder / "panel", panelled)
        gerbers_zip = folder / "board" / "gerbers.zip"
        sheet = polarity_sheet.html(gerbers_zip, board_shapes.read(board), single)
        (folder / "polarity.html").write_text(sheet, encoding="utf-8")
        (folder / "assembly.pdf").write_bytes(assembly_drawing.pdf(board, sources.netlist, single))
        notes = fabrication_notes.text(copper_measures.measure(board), PANEL, boards)
        (folder / "FABRICATION.md").write_text(notes, encoding="utf-8")
        (folder / "READINESS.md").write_text(points_open, encoding="utf-8")
        for future in waiting:
            future.result()


def _write_fabrication(folder: Path, board: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "gerbers.zip").write_bytes(fabrication.gerbers_zip(board))


def _write_assembly(folder: Path, placements: tuple[Placement, ...]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "bom.csv").write_text(bom_file.text(placements), encoding="utf-8")
    (folder / "cpl.csv").write_text(placement_file.text(placements), encoding="utf-8")


def _checksums(folder: Path, names: tuple[str, ...]) -> str:
    """As `sha256sum --check` reads them."""
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
