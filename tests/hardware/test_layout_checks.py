"""Checks of the layout: each finds its fault on a board drawn by KiCad."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pcbnew
import pytest
from small_board import CIRCUIT, PLACES, VIAS, add_track, draw, exported, read, remove_tracks

from hardware.checks import antenna_keep_out, copper_to_edge, decoupling_distance, placed, rule_reports
from hardware.checks.placed import Placed
from hardware.errors import InputError
from hardware.gerbers import read as gerbers
from hardware.gerbers.read import Gerbers
from hardware.layout.drawing import via
from hardware.layout.outline import EDGE_CLEARANCE_MM


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Placed, Gerbers]:
    return read(draw(tmp_path_factory.mktemp("good")))


# What is read -----------------------------------------------------------------------------------------------------------


def test_parts_are_read_where_they_are(good: tuple[Placed, Gerbers]) -> None:
    board, _ = good
    assert (board.width_mm, board.height_mm) == (24.0, 32.0)
    assert {part.reference for part in board.parts} == CIRCUIT.components.keys()
    holder = board.by_reference["BT1"]
    assert (holder.x, holder.y, holder.side) == (12.0, pytest.approx(32.0 - 18.6), "bottom")
    assert [(pad.number, pad.sides) for pad in holder.pads] == [("1", ("top", "bottom")), ("2", ("top", "bottom"))]


def test_a_file_that_is_no_board_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "x.kicad_pcb"
    with pytest.raises(InputError, match=r"x\.kicad_pcb is missing: run dollar layout"):
        placed.read(path, "dollar layout")
    path.write_text("nonsense", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.kicad_pcb is no board of KiCad: run dollar layout"):
        placed.read(path, "dollar layout")


@pytest.mark.parametrize(("suffix", "name"), [(".gbl", "bottom copper"), (".gm1", "outline")])
def test_a_fabrication_file_that_is_missing_is_bad_input(tmp_path: Path, suffix: str, name: str) -> None:
    whole = exported(draw(tmp_path))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "less.zip", "w") as target:
        for entry in source.namelist():
            if not entry.endswith(suffix):
                target.writestr(entry, source.read(entry))
    with pytest.raises(InputError, match=f"less.zip has no gerber file of the {name}"):
        gerbers.read(tmp_path / "less.zip")


def test_a_zip_that_is_none_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "gerbers.zip"
    path.write_text("nonsense", encoding="utf-8")
    with pytest.raises(InputError, match=r"gerbers\.zip holds no gerber files"):
        gerbers.read(path)


# Antenna ----------------------------------------------------------------------------------------------------------------


def test_only_the_antenna_is_in_its_region(good: tuple[Placed, Gerbers]) -> None:
    measured = antenna_keep_out.measure(CIRCUIT, *good)
    assert measured.findings == []
    assert 5.0 < measured.cell_mm < 6.0


@pytest.mark.parametrize(("layer", "side"), [("F.Cu", "top"), ("B.Cu", "bottom")])
def test_copper_beside_the_antenna_is_found(tmp_path: Path, layer: str, side: str) -> None:
    found = antenna_keep_out.measure(CIRCUIT, *read(draw(tmp_path, add_track("GND", layer, (23.0, 1.0), (23.0, 3.0)))))
    (finding,) = found.findings
    assert finding.startswith(f"0.431 mm2 of foreign copper on the {side} at (23.00, ")


def test_a_cell_too_near_to_the_antenna_is_found(tmp_path: Path) -> None:
    part, x, y, rotation, back = PLACES["BT1"]
    moved = {**PLACES, "BT1": (part, x, y - 1.0, rotation, back)}
    (finding,) = antenna_keep_out.measure(CIRCUIT, *read(draw(tmp_path, places=moved))).findings
    assert finding.startswith("the cell is 4.")


def test_a_turned_holder_brings_the_cell_nearer(tmp_path: Path) -> None:
    """The cell is off the middle of the holder's pins, away from the plus pin."""
    part, x, y, _, back = PLACES["BT1"]
    turned = {**PLACES, "BT1": (part, x, y, 270, back)}
    board, files = read(draw(tmp_path, places=turned))
    assert antenna_keep_out.measure(CIRCUIT, board, files).cell_mm == pytest.approx(5.46 - 4.2, abs=0.3)


# Edge -------------------------------------------------------------------------------------------------------------------


def test_copper_keeps_off_the_edge(good: tuple[Placed, Gerbers]) -> None:
    measured = copper_to_edge.measure(good[1])
    assert measured.findings == []
    assert measured.distances["top copper"] >= EDGE_CLEARANCE_MM
    nearest_hole = min(32.0 - y - 0.15 for _, y in VIAS["GND"])
    assert measured.distances["plated holes"] <= nearest_hole


def test_a_track_near_the_edge_is_found(tmp_path: Path) -> None:
    measured = copper_to_edge.measure(gerbers.read(exported(draw(tmp_path, add_track("OUT", "B.Cu", (23.8, 8), (23.8, 9))))))
    assert measured.distances["bottom copper"] == pytest.approx(0.1, abs=0.001)
    assert measured.findings == ["bottom copper 0.100 mm from the edge, less than 0.3 mm"]


def test_copper_and_holes_outside_the_outline_are_found(tmp_path: Path) -> None:
    def beside(board: pcbnew.BOARD) -> None:
        via(board, board.FindNet("OUT"), 25.0, 16.0, 0.6, 0.3)

    found = copper_to_edge.measure(gerbers.read(exported(draw(tmp_path, beside)))).findings
    assert {text for text in found if "outside" in text} == {
        f"{name} outside the outline at (25.00, 16.00) mm" for name in ("top copper", "bottom copper", "plated holes")
    }


# Decoupling -------------------------------------------------------------------------------------------------------------


def test_the_capacitor_is_at_its_pin(good: tuple[Placed, Gerbers]) -> None:
    (measured,) = decoupling_distance.measure(CIRCUIT, *good)
    assert (measured.ref, measured.supply_pin, measured.capacitor, measured.joined) == ("U1", "5", "C1", True)
    assert measured.gap_mm == pytest.approx(1.8, abs=0.2)
    assert decoupling_distance.findings(CIRCUIT, *good) == []


def test_a_capacitor_far_from_its_pin_is_found(tmp_path: Path) -> None:
    part, x, y, rotation, back = PLACES["C1"]
    moved = {**PLACES, "C1": (part, x, y - 4.0, rotation, back)}
    found = decoupling_distance.findings(CIRCUIT, *read(draw(tmp_path, places=moved)))
    assert [text for text in found if text.startswith("C1 is 5.") and "more than 3 mm" in text]


def test_a_capacitor_that_is_joined_by_a_detour_is_found(tmp_path: Path) -> None:
    """The same net, one piece of copper, but around the board instead of across two millimetres."""

    def around(board: pcbnew.BOARD) -> None:
        remove_tracks("VBAT", 17.72, 20.5)(board)
        detour = ((12.0, 8.6), (23.4, 8.6), (23.4, 29.0), (21.0, 29.0), (21.0, 22.05), (19.3375, 22.05))
        add_track("VBAT", "F.Cu", *detour)(board)

    found = decoupling_distance.findings(CIRCUIT, *read(draw(tmp_path, around)))
    assert found == ["no copper joins C1 to pin 5 of U1 within 3 mm of their pads"]


# KiCad's own checks -----------------------------------------------------------------------------------------------------


def test_kicads_findings_are_sentences_with_places(tmp_path: Path) -> None:
    board = draw(tmp_path, add_track("IN", "F.Cu", (4.0, 25.0), (4.0, 27.0), (12.51, 27.0), (12.51, 25.0)))
    found = rule_reports.design_rules(board, tmp_path / "drc.json", schematic_parity=False)
    assert any(text.startswith("shorting_items: ") and "[PROBE]" in text and " at (1" in text for text in found.violations)
    assert found.parity == []


def test_a_missing_track_is_unconnected_in_kicad_too(tmp_path: Path) -> None:
    found = rule_reports.design_rules(
        draw(tmp_path, remove_tracks("IN", 12.51, 25.0)), tmp_path / "drc.json", schematic_parity=False
    )
    assert any("[IN]" in text for text in found.unconnected)


def test_the_projects_own_file_overlooks_nothing(tmp_path: Path) -> None:
    assert rule_reports.exclusions(draw(tmp_path).with_suffix(".kicad_pro")) == []


def test_each_way_to_overlook_a_finding_is_counted(tmp_path: Path) -> None:
    settings = {
        "board": {
            "design_settings": {
                "drc_exclusions": [["clearance|1|2", "why"]],
                "rule_severities": {"clearance": "ignore", "text": "error"},
            }
        },
        "erc": {"erc_exclusions": ["pin_not_connected|3"], "rule_severities": {"pin_not_driven": "ignore"}},
    }
    project = tmp_path / "x.kicad_pro"
    project.write_text(json.dumps(settings), encoding="utf-8")
    project.with_suffix(".kicad_dru").write_text('(version 1)\n(rule "x" (severity ignore))', encoding="utf-8")
    found = rule_reports.exclusions(project)
    assert len(found) == 5
    assert {text.split("kicad_pro ")[-1] for text in found[:4]} == {
        "excludes clearance|1|2",
        "excludes pin_not_connected|3",
        "ignores clearance",
        "ignores pin_not_driven",
    }


def test_the_antenna_check_needs_an_antenna(good: tuple[Placed, Gerbers]) -> None:
    board = replace(good[0], parts=tuple(part for part in good[0].parts if part.reference != "AE1"))
    assert antenna_keep_out.measure(CIRCUIT, board, good[1]).findings == ["the board has no antenna"]
