"""Checks of panel and order files: references agree, every copy of the board is whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pcbnew
import pytest
from faults import define
from shapely.affinity import translate
from small_board import CIRCUIT, draw, exported

from hardware import board_file
from hardware.checks import copper_to_edge, panel_copies, placed, references
from hardware.checks.gerber_connectivity import Connectivity, compare
from hardware.checks.panel_copies import base_reference
from hardware.checks.placed import Placed
from hardware.checks.references import OrderFiles
from hardware.errors import InputError
from hardware.gerbers import read as gerbers
from hardware.gerbers.read import Gerbers
from hardware.parts import PARTS
from manufacturing import bom_file, panelise, placement_file
from manufacturing.panel import PANEL


@dataclass(frozen=True)
class Made:
    """A board or panel and the files to order it."""

    path: Path
    placed: Placed
    gerbers: Gerbers
    order: OrderFiles


def made(path: Path) -> Made:
    placements = placement_file.read(path, CIRCUIT)
    order = OrderFiles(path.with_name(f"{path.stem}-bom.csv"), path.with_name(f"{path.stem}-cpl.csv"))
    order.bom.write_text(bom_file.text(placements), encoding="utf-8")
    order.cpl.write_text(placement_file.text(placements), encoding="utf-8")
    return Made(path, placed.read(path, "the test"), gerbers.read(exported(path)), order)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(draw(tmp_path_factory.mktemp("board")))


@pytest.fixture(scope="module")
def panel(board: Made) -> Made:
    target = board.path.with_name("panel") / "small-panel.kicad_pcb"
    panelise.build(board.path, target)
    return made(target)


def altered(panel: Made, folder: Path, alter: Callable[[pcbnew.BOARD], None]) -> Path:
    target = folder / "altered.kicad_pcb"
    pcb = board_file.load(panel.path)
    alter(pcb)
    pcbnew.SaveBoard(str(target), pcb, True)
    return target


def part_of(pcb: pcbnew.BOARD, reference: str) -> pcbnew.FOOTPRINT:
    return next(footprint for footprint in pcb.GetFootprints() if footprint.GetReference() == reference)


# Copies on the panel ----------------------------------------------------------------------------------------------------


def test_the_copies_are_found_in_the_order_of_their_numbers(board: Made, panel: Made) -> None:
    copies = panel_copies.offsets(board.placed, panel.placed)
    assert len(copies) == PANEL.boards
    assert panel_copies.findings(board.placed, panel.placed) == []
    where = {part.reference: (part.x, part.y) for part in panel.placed.parts}
    home = board.placed.by_reference["R1"]
    for number, copy in enumerate(copies, 1):
        assert where[f"R1_{number}"] == pytest.approx((home.x + copy.x, home.y + copy.y), abs=0.01)


def test_every_copy_is_joined_as_the_netlist_says(board: Made, panel: Made) -> None:
    copies = panel_copies.offsets(board.placed, panel.placed)
    assert compare(CIRCUIT, board.placed, panel.gerbers, copies) == Connectivity([], [])


def test_a_short_on_one_copy_is_found_there(board: Made, panel: Made, tmp_path: Path) -> None:
    def bridge(pcb: pcbnew.BOARD) -> None:
        """R1 is between PROBE and IN."""
        pads = list(part_of(pcb, "R1_3").Pads())
        segment = pcbnew.PCB_TRACK(pcb)
        segment.SetStart(pads[0].GetPosition())
        segment.SetEnd(pads[1].GetPosition())
        segment.SetWidth(pcbnew.FromMM(0.2))
        pcb.Add(segment)

    files = gerbers.read(exported(altered(panel, tmp_path, bridge)))
    found = compare(CIRCUIT, board.placed, files, panel_copies.offsets(board.placed, panel.placed))
    assert found == Connectivity([], ["board 3: one piece of copper holds nets IN (R1.2) and PROBE (R1.1)"])


def test_a_copy_without_one_of_its_parts_is_found(board: Made, panel: Made, tmp_path: Path) -> None:
    changed = placed.read(altered(panel, tmp_path, lambda pcb: pcb.Remove(part_of(pcb, "R1_2"))), "the test")
    assert panel_copies.findings(board.placed, changed) == ["panel: board 2 has R1 0 times"]


def test_a_part_that_moved_on_one_copy_is_found(board: Made, panel: Made, tmp_path: Path) -> None:
    def move(pcb: pcbnew.BOARD) -> None:
        part_of(pcb, "C1_4").Move(pcbnew.VECTOR2I(pcbnew.FromMM(0.5), 0))

    found = panel_copies.findings(board.placed, placed.read(altered(panel, tmp_path, move), "the test"))
    assert len(found) == 2
    assert found[0].endswith("mm from its place on the board belongs to no copy")
    assert found[1] == "panel: board 4 has C1 0 times"


def test_a_part_that_is_none_of_the_boards_is_found_on_a_board_but_not_on_a_rail(
    board: Made, panel: Made, tmp_path: Path
) -> None:
    def rename(pcb: pcbnew.BOARD) -> None:
        part_of(pcb, "TP1_1").SetReference("FID9")

    found = panel_copies.findings(board.placed, placed.read(altered(panel, tmp_path, rename), "the test"))
    assert found == ["panel: board 1 has TP1 0 times", "panel: FID9 is on a board, but is none of its parts"]


@pytest.mark.parametrize(
    ("name", "reference"), [("R1", "R1"), ("R1_3", "R1"), ("Board_3-R1", "R1"), ("R10", None), ("R1_C1", None), ("FID1", None)]
)
def test_the_boards_reference_in_a_name_of_the_panel(name: str, reference: str | None) -> None:
    assert base_reference(name, CIRCUIT.components) == reference


def test_copper_keeps_off_the_mouse_bites(board: Made, panel: Made) -> None:
    copies = panel_copies.offsets(board.placed, panel.placed)
    measured = copper_to_edge.measure_bites(board.gerbers, panel.gerbers, copies)
    assert measured.findings == []
    assert measured.distances["top copper"] >= copper_to_edge.BITE_CLEARANCE_MM - 0.001


def test_mouse_bites_that_reach_too_far_into_the_board_are_found(board: Made, panel: Made) -> None:
    wider = [replace(hole, shape=hole.shape.buffer(0.15)) for hole in panel.gerbers.holes if not hole.plated]
    copies = panel_copies.offsets(board.placed, panel.placed)
    found = copper_to_edge.measure_bites(board.gerbers, replace(panel.gerbers, holes=wider), copies)
    assert found.distances["top copper"] == pytest.approx(0.05, abs=0.01)
    assert [text.split(" mm from")[1] for text in found.findings] == [" the mouse bites, less than 0.2 mm"] * 2


# References -------------------------------------------------------------------------------------------------------------


def findings(subject: Made, boards: int, bom: str | None = None, cpl: str | None = None) -> list[str]:
    """With the text of one file changed; without the file names."""
    order = OrderFiles(subject.order.bom.with_name("changed-bom.csv"), subject.order.cpl.with_name("changed-cpl.csv"))
    order.bom.write_text(subject.order.bom.read_text(encoding="utf-8") if bom is None else bom, encoding="utf-8")
    order.cpl.write_text(subject.order.cpl.read_text(encoding="utf-8") if cpl is None else cpl, encoding="utf-8")
    return [text.split(": ", 1)[1] for text in references.findings(CIRCUIT, subject.placed, subject.gerbers, order, boards)]


def test_bill_placement_and_board_agree(board: Made, panel: Made) -> None:
    assert findings(board, 1) == []
    assert findings(panel, PANEL.boards) == []


def test_a_part_that_the_user_fits_must_not_be_in_the_order(board: Made) -> None:
    by_user = define(CIRCUIT, "R1", replace(PARTS["R_100k"], fitted_by_user=True))
    found = references.findings(by_user, board.placed, board.gerbers, board.order)
    assert [text.split(": ", 1)[1] for text in found] == [
        f"the {file} names R1, which is not to be assembled" for file in ("BOM", "CPL")
    ]


def test_a_part_missing_from_one_file_is_found(board: Made, panel: Made) -> None:
    cpl = [line for line in board.order.cpl.read_text(encoding="utf-8").splitlines(True) if not line.startswith("R1,")]
    assert findings(board, 1, cpl="".join(cpl)) == [
        "the CPL has R1 0 times, for 1 boards",
        "R1 is in the BOM but not in the CPL",
    ]
    bom = panel.order.bom.read_text(encoding="utf-8")
    assert "R1_2," in bom
    assert findings(panel, PANEL.boards, bom=bom.replace("R1_2,", "")) == [
        f"the BOM has R1 {PANEL.boards - 1} times, for {PANEL.boards} boards",
        "R1_2 is in the CPL but not in the BOM",
    ]


def test_a_reference_that_differs_in_case_only_is_found(board: Made) -> None:
    found = findings(board, 1, cpl=board.order.cpl.read_text(encoding="utf-8").replace("R1,", "r1,"))
    assert "the CPL names r1, which the board does not have" in found


def test_a_line_that_stands_twice_is_found(board: Made) -> None:
    cpl = board.order.cpl.read_text(encoding="utf-8")
    assert findings(board, 1, cpl=cpl + cpl.splitlines(True)[-1]) == ["U1 is 2 times in the CPL"]


def test_a_part_that_is_not_to_be_assembled_is_found(board: Made) -> None:
    bom = board.order.bom.read_text(encoding="utf-8") + "TP,TP1,x,C1\n"
    found = findings(board, 1, bom=bom)
    assert "the BOM names TP1, which is not to be assembled" in found
    assert "TP1 is ordered as C1, but the circuit has no order code" in found


def test_another_order_code_is_found(board: Made) -> None:
    code = CIRCUIT.components["R1"].lcsc
    bom = board.order.bom.read_text(encoding="utf-8").replace(f"{code}\n", "C11702\n")
    assert findings(board, 1, bom=bom) == [f"R1 is ordered as C11702, but the circuit has {code}"]


def test_a_position_off_the_part_and_a_wrong_side_are_found(board: Made) -> None:
    lines = board.order.cpl.read_text(encoding="utf-8").splitlines(True)
    (row,) = [line for line in lines if line.startswith("R1,")]
    moved = ["R1", "13.5", *row.split(",")[2:]]
    assert findings(board, 1, cpl="".join(",".join(moved) if line == row else line for line in lines)) == [
        "R1 is at (13.50, 7.00) mm, off its pads at (12.00, 7.00) mm"
    ]
    turned = row.replace("Top", "Bottom")
    assert findings(board, 1, cpl="".join(turned if line == row else line for line in lines)) == [
        "R1 is on layer Bottom, but the board has it on the top"
    ]


def test_a_placement_file_from_another_origin_is_found(board: Made) -> None:
    """KiCad's default counts from the page's corner: every part would be beside the board."""
    shifted = replace(board.gerbers, outline=translate(board.gerbers.outline, 100.0, -60.0))
    found = references.findings(CIRCUIT, board.placed, shifted, board.order)
    assert len(found) == len(board.order.cpl.read_text(encoding="utf-8").splitlines()) - 1
    assert all("off its pads" in text for text in found)


def test_a_part_that_the_board_lacks_is_found(board: Made) -> None:
    without = replace(board.placed, parts=tuple(part for part in board.placed.parts if part.reference != "R1"))
    found = references.findings(CIRCUIT, without, board.gerbers, board.order)
    assert any(text.endswith("0 R1 are placed, for 1 boards") for text in found)


def test_a_position_that_is_no_number_is_bad_input(board: Made) -> None:
    cpl = "Designator,Mid X,Mid Y,Layer,Rotation\nR1,left,1,Top,0\n"
    with pytest.raises(InputError, match=r"changed-cpl\.csv:2: Mid X is 'left': write millimetres"):
        findings(board, 1, cpl=cpl)
