"""The panel: size, what holds it together, and KiCad's rules as on the board."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pcbnew
import pytest
from built_order import Built

from hardware import kicad
from hardware.errors import InputError
from hardware.layout import outline
from hardware.revision import ORDER_NUMBER_MARK
from manufacturing import panel as design
from manufacturing import panelise
from manufacturing.panel import PANEL


@pytest.fixture(scope="module")
def panel(built: Built) -> pcbnew.BOARD:
    return pcbnew.LoadBoard(str(built.panel))


def holes(panel: pcbnew.BOARD, diameter_mm: float) -> list[tuple[float, float]]:
    """Middles of the unplated holes of that size, from the panel's upper left corner."""
    origin = panel.GetDesignSettings().GetAuxOrigin()
    return [
        (pcbnew.ToMM(pad.GetPosition().x - origin.x), PANEL.height_mm + pcbnew.ToMM(pad.GetPosition().y - origin.y))
        for pad in panel.GetPads()
        if pad.GetAttribute() == pcbnew.PAD_ATTRIB_NPTH and pcbnew.ToMM(pad.GetDrillSizeX()) == diameter_mm
    ]


def test_size_suits_assembly() -> None:
    assert (PANEL.columns, PANEL.rows) == (5, 4)
    assert 70 <= min(PANEL.width_mm, PANEL.height_mm) <= max(PANEL.width_mm, PANEL.height_mm) <= 150


def test_panels_are_counted_up() -> None:
    assert [PANEL.panels(boards) for boards in (1, 20, 21, 1000)] == [1, 1, 2, 50]


def test_a_size_that_jlcpcb_refuses_is_an_input_error() -> None:
    with pytest.raises(InputError, match="wide, not 70 to 60"):
        design.check(replace(PANEL, most_mm=60.0, least_mm=70.0))


def test_design_rules_of_the_board_hold_on_the_panel(built: Built, tmp_path: Path) -> None:
    for suffix in (".kicad_pro", ".kicad_dru"):
        assert built.panel.with_suffix(suffix).read_bytes() == built.board.with_suffix(suffix).read_bytes()
    report = kicad.design_rule_report(built.panel, tmp_path / "drc.json", schematic_parity=False)

    assert report["violations"] == []
    assert report["unconnected_items"] == []


def test_every_joint_has_five_bites_at_both_ends(panel: pcbnew.BOARD) -> None:
    joints = PANEL.rows * PANEL.boards // PANEL.rows * 2 * len(PANEL.tabs_mm)

    assert len(holes(panel, PANEL.bite_drill_mm)) == joints * PANEL.bites


def test_bites_keep_the_distance_that_the_drill_needs(panel: pcbnew.BOARD) -> None:
    column = sorted(y for x, y in holes(panel, PANEL.bite_drill_mm) if x < PANEL.rail_mm + PANEL.gap_mm + 1)
    gaps = [round(b - a - PANEL.bite_drill_mm, 3) for a, b in pairwise(column)]

    assert min(gaps) >= 0.35
    assert sorted(gaps)[: len(PANEL.tabs_mm) * (PANEL.bites - 1)][-1] <= 0.4


def test_bites_keep_clear_of_antenna_capacitors_and_mems_parts(panel: pcbnew.BOARD, built: Built) -> None:
    """Bending at the joint cracks ceramic and shifts a MEMS part's zero; a burr detunes the antenna."""
    board = pcbnew.LoadBoard(str(built.board))
    origin = board.GetDesignSettings().GetAuxOrigin()
    first_x, bites = PANEL.rail_mm + PANEL.gap_mm, holes(panel, PANEL.bite_drill_mm)
    on_one_board = [(x - first_x, y) for x, y in bites if x < first_x + outline.WIDTH_MM + 1 and y < outline.HEIGHT_MM]
    for component in built.netlist.components.values():
        if component.part.reference not in ("C", "AE") and component.part.name not in ("SC7A20HTR", "LMA2718T421-OA5-2"):
            continue
        for pad in board.FindFootprintByReference(component.ref).Pads():
            x = pcbnew.ToMM(pad.GetPosition().x - origin.x)
            y = outline.HEIGHT_MM + pcbnew.ToMM(pad.GetPosition().y - origin.y)
            nearest = min(((x - bx) ** 2 + (y - by) ** 2) ** 0.5 for bx, by in on_one_board)
            assert nearest > 1.8, f"{component.ref} is {nearest:.2f} mm from a mouse bite"


def test_fiducials_tell_a_turned_panel(panel: pcbnew.BOARD) -> None:
    origin = panel.GetDesignSettings().GetAuxOrigin()
    places = {
        (round(pcbnew.ToMM(f.GetPosition().x - origin.x), 2), round(pcbnew.ToMM(origin.y - f.GetPosition().y), 2))
        for f in panel.GetFootprints()
        if f.GetFPIDAsString() == "Fiducial"
    }

    assert len(places) == 3
    assert all(min(x, round(PANEL.width_mm - x, 2)) == 3.85 for x, _ in places)
    assert {(round(PANEL.width_mm - x, 2), round(PANEL.height_mm - y, 2)) for x, y in places} != places


def test_the_order_number_goes_to_the_rail_only(panel: pcbnew.BOARD) -> None:
    marks = [t for t in panel.GetDrawings() if isinstance(t, pcbnew.PCB_TEXT) and t.GetText() == ORDER_NUMBER_MARK]

    assert len(marks) == 1


def test_print_of_each_copy_is_that_of_the_board(panel: pcbnew.BOARD) -> None:
    """Parts are R1_7 in the file, but R1 on the board."""
    shown = [
        item.GetText()
        for footprint in panel.GetFootprints()
        for item in (footprint.Reference(), *footprint.GraphicalItems())
        if isinstance(item, pcbnew.PCB_TEXT) and item.IsVisible() and item.GetLayer() in (pcbnew.F_SilkS, pcbnew.B_SilkS)
    ]

    assert shown.count("R1") == PANEL.boards
    assert "R1_7" not in shown


def test_the_same_board_gives_the_same_panel(built: Built, tmp_path: Path) -> None:
    panelise.build(built.board, tmp_path / "again" / built.panel.name)

    assert (tmp_path / "again" / built.panel.name).read_bytes() == built.panel.read_bytes()


def test_an_up_to_date_panel_is_not_drawn_again(built: Built) -> None:
    before = built.panel.stat().st_mtime_ns
    stamp = built.panel.with_name("drawn-from.sha256").stat().st_mtime_ns

    panelise.update(built.board, built.panel)

    assert (built.panel.stat().st_mtime_ns, built.panel.with_name("drawn-from.sha256").stat().st_mtime_ns) == (before, stamp)
