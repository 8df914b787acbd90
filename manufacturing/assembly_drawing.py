"""The assembly drawing: one page for each side, six times life size, with every part's reference on its body."""

import io
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon

from hardware import paths
from hardware.layout import outline
from hardware.netlist import Netlist
from hardware.revision import REVISION
from manufacturing import board_shapes
from manufacturing.board_shapes import Outline, PartShape
from manufacturing.placement_file import Placement

_PAGE_MM = (210.0, 297.0)  # A4
_SCALE = 6.0
_LEFT_MM = (_PAGE_MM[0] - _SCALE * outline.WIDTH_MM) / 2
_BOTTOM_MM = 74.0
_POINT_MM = 72 / 25.4  # points to a millimetre

_PAD, _BODY, _MARK, _TEXT, _DIMENSION = "#d8d2c0", "#303030", "#c03028", "#1a4a80", "#606060"
_LARGEST_PT, _SMALLEST_PT = 11.0, 4.5


def pdf(board: Path, netlist: Netlist, placements: tuple[Placement, ...]) -> bytes:
    """The drawing as PDF; the same bytes for the same board."""
    shapes = board_shapes.read(board)
    marks = {ref: c.part.polarity.pin for ref, c in netlist.components.items() if c.part.polarity}
    out = io.BytesIO()
    with PdfPages(out, metadata={"CreationDate": None, "Title": f"{paths.NAME} assembly"}) as pages:
        for back in (False, True):
            pages.savefig(_page(back, [s for s in shapes.values() if s.back == back], marks, placements))
    return out.getvalue()


def _page(back: bool, parts: list[PartShape], marks: dict[str, str], placements: tuple[Placement, ...]) -> Figure:
    figure = Figure(figsize=(_PAGE_MM[0] / 25.4, _PAGE_MM[1] / 25.4))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, _PAGE_MM[0]), ylim=(0, _PAGE_MM[1]))
    axes.axis("off")
    side = "bottom, seen from the back" if back else "top"
    axes.text(15, 282, f"{paths.NAME} rev {REVISION}, assembly, {side}", fontsize=14, weight="bold", va="center")
    axes.text(195, 282, f"scale {_SCALE:g}:1", fontsize=9, ha="right", va="center")
    _draw_board(axes)
    for part in sorted(parts, key=lambda p: p.ref):
        _draw_part(axes, part, marks.get(part.ref), back)
    _write_table(axes, [p for p in placements if (p.layer == "Bottom") == back])
    axes.text(15, 9, f"{_NOTES_BACK if back else _NOTES_TOP} Red: pin 1, cathode or plus, as the part's mark.", fontsize=7)
    return figure


_NOTES_TOP = "All SMT parts are on this side. Pads without a body stay empty."
_NOTES_BACK = "The holder goes in from this side and is soldered on top. No cell goes in before the board is tested."


def _on_page(points: Outline, back: bool) -> list[tuple[float, float]]:
    """Board to page; the back is mirrored."""
    width = outline.WIDTH_MM
    return [(_LEFT_MM + _SCALE * (width - x if back else x), _BOTTOM_MM + _SCALE * y) for x, y in points]


def _draw_board(axes: Any) -> None:
    width, height = _SCALE * outline.WIDTH_MM, _SCALE * outline.HEIGHT_MM
    style = f"round,pad=0,rounding_size={_SCALE * outline.CORNER_MM}"
    axes.add_patch(FancyBboxPatch((_LEFT_MM, _BOTTOM_MM), width, height, boxstyle=style, fill=False, linewidth=1.0))
    arrow = {"arrowstyle": "<->", "color": _DIMENSION, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
    above, beside = _BOTTOM_MM + height + 5, _LEFT_MM + width + 5
    axes.annotate("", (_LEFT_MM, above), (_LEFT_MM + width, above), arrowprops=arrow)
    axes.annotate("", (beside, _BOTTOM_MM), (beside, _BOTTOM_MM + height), arrowprops=arrow)
    label = {"fontsize": 9, "color": _DIMENSION, "ha": "center", "va": "center", "backgroundcolor": "white"}
    axes.text(_LEFT_MM + width / 2, above, f"{outline.WIDTH_MM:g} mm", **label)
    axes.text(beside, _BOTTOM_MM + height / 2, f"{outline.HEIGHT_MM:g} mm", rotation=90, **label)


def _draw_part(axes: Any, part: PartShape, mark: str | None, back: bool) -> None:
    for pad in part.pads:
        for shape in pad.outlines:
            axes.add_patch(Polygon(_on_page(shape, back), facecolor=_MARK if pad.number == mark else _PAD, edgecolor="none"))
    for stroke in part.body:
        axes.add_patch(Polygon(_on_page(stroke, back), facecolor=_BODY, edgecolor="none"))
    left, bottom, right, top = part.extent
    ((x, y),) = _on_page((((left + right) / 2, (bottom + top) / 2),), back)
    upright = top - bottom > 1.3 * (right - left)
    along, across = (top - bottom, right - left) if upright else (right - left, top - bottom)
    # A capital is 0.7 of the size wide and high: as large as body and pads allow.
    room = _SCALE * _POINT_MM * min(along / (0.7 * len(part.ref)), across)
    size = max(_SMALLEST_PT, min(_LARGEST_PT, 0.8 * room))
    axes.text(x, y, part.ref, fontsize=size, rotation=90 if upright else 0, ha="center", va="center", color=_TEXT, weight="bold")


def _write_table(axes: Any, placements: list[Placement]) -> None:
    """References, value, package and order code of each part of the side, in two columns."""
    rows: dict[str, list[Placement]] = {}
    for placement in placements:
        rows.setdefault(placement.component.lcsc, []).append(placement)
    half = (len(rows) + 1) // 2
    for index, (code, places) in enumerate(rows.items()):
        x, y = 15 + 92 * (index // half), 66 - 5.2 * (index % half)
        component = places[0].component
        axes.text(x, y, " ".join(p.designator for p in places), fontsize=7, weight="bold", color=_TEXT)
        axes.text(x + 32, y, component.value, fontsize=7)
        axes.text(x + 65, y, code, fontsize=7)
