"""Draws the panel with KiKit, from the board and the design in panel.py.

KiKit runs as a program of its own (this module's main): it is chatty, it keeps KiCad's project settings for the rest
of the process, and its copies of the board must get the same identifiers every time.
"""

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

import pcbnew
from kikit.annotations import TabAnnotation
from kikit.panelize import Panel
from kikit.substrate import Substrate
from shapely.geometry import box

from hardware import board_file, files, kicad, paths, tables
from hardware.errors import InputError, ToolError
from hardware.footprints import library
from hardware.layout import outline
from hardware.layout.drawing import mm
from hardware.revision import ORDER_NUMBER_MARK
from manufacturing import panel as panel_design
from manufacturing.panel import PANEL, PanelDesign
from manufacturing.placement_file import designator

_IDENTIFIER_SEED = 2450  # KiCad gives every item a random identifier; seeded, the same build gives the same ones
_ORIGIN_MM = 20.0  # of the first board on KiCad's page
_LABEL_STROKE = 0.15  # of a text's height
_STAMP = "drawn-from.sha256"  # beside the panel


def build(board: Path = paths.BOARD, target: Path = paths.PANEL) -> None:
    """Write the panel with the board's own rules, footprints and bodies beside it, so that KiCad checks it by them.

    InputError if the board is missing or the panel has a size that JLCPCB does not take.
    """
    if not board.is_file():
        raise InputError(f"{tables.shown(board)} is missing: run make, which draws it")
    panel_design.check(PANEL)
    with tempfile.TemporaryDirectory(prefix="dollar-panel-") as folder:
        drawn = Path(folder) / target.name
        kicad.run(sys.executable, "-m", "manufacturing.panelise", board, drawn)
        content = drawn.read_bytes()
    library.write(target.parent)
    for suffix in (".kicad_pro", ".kicad_dru"):
        files.write(target.with_suffix(suffix), board.with_suffix(suffix).read_bytes())
    files.write(target, content)
    files.write(target.with_name(_STAMP), _identity(board))


def update(board: Path = paths.BOARD, target: Path = paths.PANEL) -> None:
    """Draw the panel unless it is that of this very board and design."""
    stamp = target.with_name(_STAMP)
    is_current = board.is_file() and target.is_file() and stamp.is_file() and stamp.read_text() == _identity(board)
    if not is_current:
        build(board, target)


def _identity(board: Path) -> str:
    """Tells a board and panel design from all others."""
    return f"{hashlib.sha256(board.read_bytes() + repr(PANEL).encode()).hexdigest()}\n"


def main(board: Path, target: Path) -> None:
    """Draw the panel of the board; KiKit leaves its own project file beside the target."""
    pcbnew.KIID.SeedGenerator(_IDENTIFIER_SEED)
    source = target.parent / "source" / board.name
    source.parent.mkdir()
    for suffix in (".kicad_pro", ".kicad_dru"):
        shutil.copy(board.with_suffix(suffix), source.with_suffix(suffix))
    _prepare(board, source)
    _draw(source, target, PANEL)


def design_rule_findings(target: Path = paths.PANEL) -> list[str]:
    """What KiCad's design rule check finds on the panel, one sentence each."""
    report = kicad.design_rule_report(target, paths.REPORTS / "panel-drc.json", schematic_parity=False)
    return [
        f"{finding['type']}: {finding['description']}: {', '.join(item['description'] for item in finding['items'])}"
        for finding in report["violations"] + report["unconnected_items"]
    ]


def _prepare(board: Path, source: Path) -> None:
    """What of a board changes when it is one of many.

    Visible references become plain texts: parts get the number of their copy, the print stays the same. The mark for
    JLCPCB's order number moves to the rail.
    """
    pcb = board_file.load(board)
    for footprint in pcb.GetFootprints():
        reference = footprint.Reference()
        if reference.IsVisible() and reference.GetLayer() in (pcbnew.F_SilkS, pcbnew.B_SilkS):
            footprint.Add(_as_text(footprint, reference))
            reference.SetVisible(False)
    for drawing in list(pcb.GetDrawings()):
        if isinstance(drawing, pcbnew.PCB_TEXT) and drawing.GetText() == ORDER_NUMBER_MARK:
            pcb.Remove(drawing)
    pcbnew.SaveBoard(str(source), pcb, True)


def _as_text(footprint: pcbnew.FOOTPRINT, field: pcbnew.PCB_FIELD) -> pcbnew.PCB_TEXT:
    text = pcbnew.PCB_TEXT(footprint)
    text.SetText(field.GetText())
    text.SetLayer(field.GetLayer())
    text.SetTextSize(field.GetTextSize())
    text.SetTextThickness(field.GetTextThickness())
    text.SetMirrored(field.IsMirrored())
    text.SetTextAngle(field.GetDrawRotation())  # as shown: fields turn themselves upright, texts do not
    text.SetPosition(field.GetPosition())
    return text


def _draw(source: Path, target: Path, design: PanelDesign) -> None:
    panel = Panel(str(target))
    pcb = board_file.load(source)
    panel.inheritDesignSettings(pcb)
    panel.inheritProperties(pcb)
    panel.inheritTitleBlock(pcb)
    panel.inheritLayerNames(pcb)
    _place_boards(panel, source, design)
    _add_rails_and_tabs(panel, design)
    rails = _Rails(panel)
    _add_fiducials(panel, rails, design)
    _add_tooling_holes(panel, rails, design)
    _add_texts(panel, rails, design)
    panel.setAuxiliaryOrigin(rails.point(0, 0, bottom=True))
    panel.save()
    if panel.hasErrors():
        raise ToolError(f"KiKit could not draw the panel: {'; '.join(message for _, message in panel.errors)}")


def _place_boards(panel: Panel, source: Path, design: PanelDesign) -> None:
    """Copies from left to right, then from top to bottom, numbered from 1."""
    for row in range(design.rows):
        for column in range(design.columns):
            x = _ORIGIN_MM + column * (outline.WIDTH_MM + design.gap_mm)
            y = _ORIGIN_MM + row * (outline.HEIGHT_MM + design.gap_mm)
            middle = pcbnew.VECTOR2I(mm(x + outline.WIDTH_MM / 2), mm(y + outline.HEIGHT_MM / 2))
            panel.appendBoard(
                str(source),
                middle,
                # Silkscreen and courtyards may reach over the edge a little.
                tolerance=mm(design.gap_mm / 2),
                netRenamer=lambda index, net: f"B{index + 1}-{net}",
                refRenamer=lambda index, ref: designator(ref, index + 1),
            )


def _add_rails_and_tabs(panel: Panel, design: PanelDesign) -> None:
    left, top, right, bottom = panel.boardsBBox()
    gap = mm(design.gap_mm)
    # KiKit halves the gap between neighbours; the rails to come are stood in for so that it bridges theirs as a whole.
    stand_ins = [box(left - 3 * gap, top, left - 2 * gap, bottom), box(right + 2 * gap, top, right + 3 * gap, bottom)]
    panel.buildPartitionLineFromBB([_substrate(shape) for shape in stand_ins])
    for board in panel.substrates:
        board_left, board_top, board_right, _ = board.bounds()
        for middle in design.tabs_mm:
            y = board_top + mm(middle)
            board.annotations += [
                TabAnnotation(None, (board_left, y), (1, 0), mm(design.tab_mm)),
                TabAnnotation(None, (board_right, y), (-1, 0), mm(design.tab_mm)),
            ]
    cuts = panel.buildTabsFromAnnotations(0)
    panel.makeRailsLr(mm(design.rail_mm), hspace=gap)
    panel.addMillFillets(mm(design.mill_radius_mm))
    # KiKit fits as many holes as go at this pitch or a wider one; a little less, so that it does not lose one to rounding.
    pitch = mm(0.99 * design.tab_mm / (design.bites - 1))
    panel.makeMouseBites(cuts, mm(design.bite_drill_mm), pitch, -mm(design.bite_outside_mm), 0)


def _substrate(shape: object) -> Substrate:
    substrate = Substrate([])
    substrate.union(shape)
    return substrate


class _Rails:
    """Points of the panel, in mm from one of its corners."""

    def __init__(self, panel: Panel) -> None:
        self._left, self._top, self._right, self._bottom = panel.panelBBox()

    def point(self, x_mm: float, y_mm: float, *, right: bool = False, bottom: bool = False) -> pcbnew.VECTOR2I:
        x = self._right - mm(x_mm) if right else self._left + mm(x_mm)
        y = self._bottom - mm(y_mm) if bottom else self._top + mm(y_mm)
        return pcbnew.VECTOR2I(round(x), round(y))

    def middle(self, x_mm: float, *, right: bool) -> pcbnew.VECTOR2I:
        """Half-way along a rail."""
        point = self.point(x_mm, 0, right=right)
        return pcbnew.VECTOR2I(point.x, round((self._top + self._bottom) / 2))


def _add_fiducials(panel: Panel, rails: _Rails, design: PanelDesign) -> None:
    """On top only: no part is placed by machine on the back."""
    copper, opening = mm(design.fiducial_copper_mm), mm(design.fiducial_opening_mm)
    for number, mark in enumerate(design.fiducials, 1):
        at = rails.point(design.fiducial_edge_mm, mark.along_mm, right=mark.right, bottom=mark.bottom)
        panel.addFiducial(at, copper, opening, ref=f"FID{number}")
        panel.board.FindFootprintByReference(f"FID{number}").SetExcludedFromPosFiles(True)


def _add_tooling_holes(panel: Panel, rails: _Rails, design: PanelDesign) -> None:
    corners = ((right, bottom) for right in (False, True) for bottom in (False, True))
    for number, (right, bottom) in enumerate(corners, 1):
        at = rails.point(design.tooling_edge_mm, design.tooling_along_mm, right=right, bottom=bottom)
        panel.addNPTHole(at, mm(design.tooling_drill_mm), ref=f"TOOL{number}", excludedFromPos=True)
    for footprint in panel.board.GetFootprints():
        if footprint.GetFPIDAsString() == "NPTH":  # tooling holes and mouse bites
            footprint.SetAllowMissingCourtyard(True)  # nothing stands on a hole


def _add_texts(panel: Panel, rails: _Rails, design: PanelDesign) -> None:
    """Name and revision on the left rail, the place for JLCPCB's order number on the right one."""
    height = mm(design.text_mm)
    for text, right in ((design.title, False), (ORDER_NUMBER_MARK, True)):
        panel.addText(
            text,
            rails.middle(design.rail_mm / 2, right=right),
            orientation=pcbnew.EDA_ANGLE(90, pcbnew.DEGREES_T),
            width=height,
            height=height,
            thickness=round(height * _LABEL_STROKE),
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
