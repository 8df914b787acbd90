"""The board as laid out: tables against the circuit, KiCad's rules, the same bytes, tracks that stay where they were."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pcbnew
import pytest
from faults import add, define, remove

from hardware import kicad
from hardware.errors import InputError
from hardware.layout import board as layout
from hardware.layout.placement import PLACEMENT, Label, Place
from hardware.layout.router import Routing
from hardware.netlist import read
from hardware.parts import PARTS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Routing]:
    target = tmp_path_factory.mktemp("layout") / "board.kicad_pcb"
    return target, layout.build(read(), target)


def test_design_rules_hold_without_exclusions(built: tuple[Path, Routing], tmp_path: Path) -> None:
    target, routing = built
    assert routing.failures == ()
    report = kicad.design_rule_report(target, tmp_path / "drc.json", schematic_parity=False)
    assert report["violations"] == []
    assert report["unconnected_items"] == []


def test_a_lost_track_is_noticed(built: tuple[Path, Routing], tmp_path: Path) -> None:
    for suffix in (".kicad_pro", ".kicad_dru"):
        shutil.copy(built[0].with_suffix(suffix), tmp_path / f"cut{suffix}")
    board = pcbnew.LoadBoard(str(built[0]))
    board.Delete(next(track for track in board.GetTracks() if track.GetNetname() == "/radio/RF_OUT"))
    pcbnew.SaveBoard(str(tmp_path / "cut.kicad_pcb"), board, True)
    report = kicad.design_rule_report(tmp_path / "cut.kicad_pcb", tmp_path / "drc.json", schematic_parity=False)
    assert report["unconnected_items"]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """In processes of their own, as make runs them: KiCad's identifiers go on counting within one."""
    program = "import sys, pathlib; from hardware.layout.board import build; from hardware.netlist import read; "
    program += "build(read(), pathlib.Path(sys.argv[1]) / 'board.kicad_pcb')"
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
        subprocess.run([sys.executable, "-c", program, str(folder)], check=True, capture_output=True)
    assert folders[0].joinpath("board.kicad_pcb").read_bytes() == folders[1].joinpath("board.kicad_pcb").read_bytes()


def test_the_kept_tracks_are_the_ones_drawn(built: tuple[Path, Routing]) -> None:
    """routed.txt is complete: a clean checkout routes nothing anew."""
    routed = {track.net for track in built[1].routes.tracks}
    assert routed == set(built[1].kept)


def test_a_new_part_leaves_the_rest_as_it_was(built: tuple[Path, Routing], tmp_path: Path) -> None:
    larger = add(read(), "TP3", "test_point", "audio", {"1": "MIC_ADC"})
    place = Place("TP3", 16.5, 16.0, 0.0, Label(0, -1.2))
    routing = layout.build(larger, tmp_path / "board.kicad_pcb", (*PLACEMENT, place))
    assert routing.failures == ()
    added = set(routing.routes.tracks) - set(built[1].routes.tracks)
    assert added
    assert {track.net for track in added} == {"/MIC_ADC"}
    assert set(built[1].routes.tracks) <= set(routing.routes.tracks)
    before, after = _places(built[0]), _places(tmp_path / "board.kicad_pcb")
    assert {ref: after[ref] for ref in before} == before


def _places(target: Path) -> dict[str, tuple[int, int, float]]:
    board = pcbnew.LoadBoard(str(target))
    return {f.GetReference(): (f.GetX(), f.GetY(), f.GetOrientationDegrees()) for f in board.GetFootprints()}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda board: remove(board, "C14"), r"placement\.py places C14, which is not in the circuit: delete its row"),
        (
            lambda board: add(board, "R9", "R_1k", "audio", {"1": "VMIC", "2": "GND"}),
            r"placement\.py has no row for R9: add Place\('R9', x, y, rotation, label\)",
        ),
        (
            lambda board: define(board, "R1", replace(PARTS["R_1k"], footprint="Resistor_SMD:R_9999")),
            r"R1 wants footprint Resistor_SMD:R_9999, which is not in .*: correct its definition",
        ),
        (
            lambda board: define(board, "R1", replace(PARTS["R_1k"], footprint="")),
            r"R1 \(R_1k\) has no footprint: give its part definition one",
        ),
    ],
)
def test_circuit_and_tables_must_agree(change, message: str, tmp_path: Path) -> None:
    target = tmp_path / "board.kicad_pcb"
    target.write_text("the previous board")
    with pytest.raises(InputError, match=message):
        layout.build(change(read()), target)
    assert target.read_text() == "the previous board"


def test_a_hand_drawn_track_to_nowhere_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from hardware.layout import copper, hand_drawn

    row = hand_drawn.Drawn("VBAT", "F", ("U9.1", "C1.1"))
    monkeypatch.setattr(copper, "TRACKS", (row,))
    with pytest.raises(InputError, match=r"hand_drawn\.py draws to U9\.1, which is not on the board: correct its row"):
        layout.build(read(), tmp_path / "board.kicad_pcb")
