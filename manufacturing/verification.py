"""Everything that is checked about what was built: circuit, schematic, board, panel and the files to order them.

Each check gives sentences; none means that it holds. What is not built is an input error, never a check that passes.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from hardware import kicad, netlist, paths, tables
from hardware.checks import (
    antenna_keep_out,
    copper_to_edge,
    decoupling_distance,
    electrical,
    gerber_connectivity,
    panel_copies,
    placed,
    references,
    rule_reports,
)
from hardware.checks.placed import Placed
from hardware.checks.references import OrderFiles
from hardware.circuit.export import export
from hardware.errors import InputError
from hardware.gerbers import read as gerbers
from hardware.gerbers.read import Gerbers
from hardware.netlist import Netlist
from hardware.schematic import parity

_ANALOGUE = paths.REPORTS / "analogue.json"
_ORDERS = {name: paths.ORDER / name for name in ("board", "panel")}

# What the checks read, in the order in which it is built, and the command that writes it.
_NEEDED: tuple[tuple[Path, str], ...] = (
    (paths.SCHEMATIC, "dollar schematic"),
    (paths.BOARD, "dollar layout"),
    (_ANALOGUE, "dollar analogue"),
    (paths.PANEL, "dollar panel"),
    *((folder / name, "dollar order") for folder in _ORDERS.values() for name in ("gerbers.zip", "bom.csv", "cpl.csv")),
)


@dataclass(frozen=True)
class Check:
    """One row: `count` names the figure of the summary that its findings add to, `note` says what was measured."""

    count: str
    text: str
    findings: list[str]
    note: str = ""


def run(say: Callable[[str], None]) -> list[Check]:
    """Every check. `say` gets a line as each group begins. InputError if anything that they read is not built."""
    require_built()
    circuit = netlist.read()
    with ThreadPoolExecutor(max_workers=1) as beside:
        say("design rules of board and panel, by KiCad, beside the rest")
        design_rules = beside.submit(_design_rules)
        say("circuit and schematic")
        checks = [*_circuit(circuit), *_schematic(circuit)]
        say("fabrication and order files of board and panel")
        files = _files(circuit)
        return [*checks, *design_rules.result(), *files]


def require_built() -> None:
    """InputError that names the first missing file and the command that writes it."""
    for path, command in _NEEDED:
        if not path.is_file():
            raise InputError(f"{tables.shown(path)} is not built: run make, or {command}, which writes it")


def _circuit(circuit: Netlist) -> list[Check]:
    composed = export()
    stale = composed.netlist != netlist.REFERENCE.read_text(encoding="utf-8")
    simulated = json.loads(_ANALOGUE.read_text(encoding="utf-8"))
    return [
        Check("erc", "SKiDL electrical rules", list(composed.erc_findings)),
        Check(
            "netlist", "netlist is the circuit's", ["hardware/board.net is not what hardware/circuit composes"] if stale else []
        ),
        *(Check("electrical", name.replace("_", " "), findings) for name, findings in electrical.findings(circuit).items()),
        Check("analogue", "simulation within limits", [_of_simulation(r) for r in simulated["results"] if not r["ok"]]),
    ]


def _of_simulation(result: dict[str, object]) -> str:
    return "{text} at {condition}: {lowest} .. {highest} {unit}, limits {minimum} .. {maximum}".format(**result)


def _schematic(circuit: Netlist) -> list[Check]:
    exported = paths.REPORTS / "schematic.net"
    kicad.run("kicad-cli", "sch", "export", "netlist", "-o", exported, paths.SCHEMATIC)
    return [
        Check("erc", "KiCad electrical rules", rule_reports.electrical_rules(paths.SCHEMATIC, paths.REPORTS / "erc.json")),
        Check("netlist", "schematic is the circuit", parity.differences(circuit, exported.read_text(encoding="utf-8"))),
    ]


def _design_rules() -> list[Check]:
    board = rule_reports.design_rules(paths.BOARD, paths.REPORTS / "drc.json", schematic_parity=True)
    panel = rule_reports.design_rules(paths.PANEL, paths.REPORTS / "panel-drc.json", schematic_parity=False)
    projects = (paths.BOARD.with_suffix(".kicad_pro"), paths.PANEL.with_suffix(".kicad_pro"))
    return [
        Check("drc", "board's design rules", board.violations),
        Check("unconnected", "board's connections", board.unconnected),
        Check("parity", "board is the schematic", board.parity),
        Check("panel_drc", "panel's design rules", panel.violations + panel.unconnected),
        Check(
            "exclusions",
            "nothing excluded or ignored",
            [text for project in projects for text in rule_reports.exclusions(project)],
        ),
    ]


def _files(circuit: Netlist) -> list[Check]:
    board, panel = placed.read(paths.BOARD, "dollar layout"), placed.read(paths.PANEL, "dollar panel")
    board_files, panel_files = (gerbers.read(folder / "gerbers.zip") for folder in _ORDERS.values())
    copies = panel_copies.offsets(board, panel)
    number = f"{len(copies)} boards"
    bites = copper_to_edge.measure_bites(board_files, panel_files, copies)
    return [
        *_connectivity("board", gerber_connectivity.compare(circuit, board, board_files)),
        *_connectivity("panel", gerber_connectivity.compare(circuit, board, panel_files, copies), number),
        Check("bom_cpl_mismatch", "board: BOM = CPL = placed", _references(circuit, board, board_files, "board")),
        Check(
            "bom_cpl_mismatch",
            "panel: BOM = CPL = placed",
            panel_copies.findings(board, panel) + _references(circuit, panel, panel_files, "panel", len(copies)),
            number,
        ),
        *_layout(circuit, board, board_files),
        _to_edge("board: copper to edge", copper_to_edge.measure(board_files)),
        _to_edge("panel: copper to edge", copper_to_edge.measure(panel_files)),
        _to_edge("panel: copper to mouse bites", bites),
    ]


def _connectivity(subject: str, found: gerber_connectivity.Connectivity, note: str = "") -> list[Check]:
    return [
        Check("gerber_opens", f"{subject}: no opens in gerbers", found.opens, note),
        Check("gerber_shorts", f"{subject}: no shorts in gerbers", found.shorts, note),
    ]


def _references(circuit: Netlist, subject: Placed, files: Gerbers, name: str, boards: int = 1) -> list[str]:
    order = OrderFiles(_ORDERS[name] / "bom.csv", _ORDERS[name] / "cpl.csv")
    return references.findings(circuit, subject, files, order, boards)


def _layout(circuit: Netlist, board: Placed, files: Gerbers) -> list[Check]:
    antenna = antenna_keep_out.measure(circuit, board, files)
    distances = decoupling_distance.measure(circuit, board, files)
    farthest = max(distances, key=lambda m: m.gap_mm / m.allowed_mm)
    return [
        Check("antenna_keep_out", "antenna's surroundings", antenna.findings, f"cell {antenna.cell_mm:.2f} mm away"),
        Check(
            "decoupling_distance",
            "capacitors at their pins",
            decoupling_distance.findings(circuit, board, files),
            f"at most {farthest.gap_mm:.2f} of {farthest.allowed_mm:g} mm ({farthest.capacitor})",
        ),
    ]


def _to_edge(text: str, measured: copper_to_edge.Measured) -> Check:
    least = min(measured.distances.values(), default=None)
    return Check("copper_to_edge", text, measured.findings, "" if least is None else f"least {least:.3f} mm")
