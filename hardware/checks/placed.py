"""What the board file places: parts with the shapes of their copper, in the frame of the fabrication files."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pcbnew
import shapely

from hardware import board_file, tables
from hardware.errors import InputError
from hardware.gerbers.read import BOTTOM, TOP

_LAYERS = {TOP: pcbnew.F_Cu, BOTTOM: pcbnew.B_Cu}
_NANOMETRES = 1e6  # in a millimetre
_CHORD_NM = 1000  # how far a polygon may be off a curve


@dataclass(frozen=True)
class PlacedPad:
    """One pad with copper. Its shape is the same on every side it is on."""

    number: str
    sides: tuple[str, ...]
    shape: shapely.Geometry
    x: float
    y: float


@dataclass(frozen=True)
class PlacedPart:
    """`reference` is as printed; KiKit may extend it on a panel. `drawn` is copper of the footprint that is no pad, by side."""

    reference: str
    side: str
    x: float
    y: float
    pads: tuple[PlacedPad, ...]
    drawn: dict[str, shapely.Geometry]

    def copper(self, side: str) -> shapely.Geometry:
        return shapely.union_all([self.drawn[side], *(pad.shape for pad in self.pads if side in pad.sides)])


@dataclass(frozen=True)
class Placed:
    """Every part, in mm from the lower left corner of the outline, y up."""

    path: Path
    parts: tuple[PlacedPart, ...]
    width_mm: float
    height_mm: float

    @cached_property
    def by_reference(self) -> dict[str, PlacedPart]:
        return {part.reference: part for part in self.parts}


def read(path: Path, made_by: str) -> Placed:
    """Read a board file. InputError, naming the command that makes it, if there is none or it has no closed outline."""
    board = board_file.load(path, made_by)
    edges = pcbnew.SHAPE_POLY_SET()
    if not board.GetBoardPolygonOutlines(edges) or not edges.OutlineCount():
        raise InputError(f"{tables.shown(path)} has no closed outline: run {made_by} again")
    box = edges.BBox()
    corner = (box.GetLeft(), box.GetBottom())
    parts = sorted((_part(footprint, corner) for footprint in board.GetFootprints()), key=lambda p: (p.reference, p.x, p.y))
    return Placed(path, tuple(parts), box.GetWidth() / _NANOMETRES, box.GetHeight() / _NANOMETRES)


def _part(footprint: pcbnew.FOOTPRINT, corner: tuple[int, int]) -> PlacedPart:
    x, y = _point(footprint.GetPosition(), corner)
    return PlacedPart(
        reference=footprint.GetReference(),
        side=BOTTOM if footprint.IsFlipped() else TOP,
        x=x,
        y=y,
        pads=tuple(_pad(pad, corner) for pad in footprint.Pads() if _sides(pad)),
        drawn={side: _drawn(footprint, layer, corner) for side, layer in _LAYERS.items()},
    )


def _sides(pad: pcbnew.PAD) -> tuple[str, ...]:
    if pad.GetAttribute() == pcbnew.PAD_ATTRIB_NPTH:
        return ()
    return tuple(side for side, layer in _LAYERS.items() if pad.IsOnLayer(layer))


def _pad(pad: pcbnew.PAD, corner: tuple[int, int]) -> PlacedPad:
    sides = _sides(pad)
    outline = pcbnew.SHAPE_POLY_SET()
    pad.TransformShapeToPolygon(outline, _LAYERS[sides[0]], 0, _CHORD_NM, pcbnew.ERROR_INSIDE)
    x, y = _point(pad.GetPosition(), corner)
    return PlacedPad(pad.GetNumber(), sides, _shape(outline, corner), x, y)


def _drawn(footprint: pcbnew.FOOTPRINT, layer: int, corner: tuple[int, int]) -> shapely.Geometry:
    outline = pcbnew.SHAPE_POLY_SET()
    for item in footprint.GraphicalItems():
        if item.IsOnLayer(layer):
            item.TransformShapeToPolygon(outline, layer, 0, _CHORD_NM, pcbnew.ERROR_INSIDE)
    return _shape(outline, corner)


def _shape(outline: pcbnew.SHAPE_POLY_SET, corner: tuple[int, int]) -> shapely.Geometry:
    outline.Simplify()
    return shapely.union_all(
        [
            shapely.Polygon(
                _ring(outline.Outline(i), corner), [_ring(outline.Hole(i, h), corner) for h in range(outline.HoleCount(i))]
            )
            for i in range(outline.OutlineCount())
        ]
    )


def _ring(chain: pcbnew.SHAPE_LINE_CHAIN, corner: tuple[int, int]) -> list[tuple[float, float]]:
    return [_point(chain.CPoint(i), corner) for i in range(chain.PointCount())]


def _point(point: pcbnew.VECTOR2I, corner: tuple[int, int]) -> tuple[float, float]:
    """KiCad's y points down and its origin is the page's corner."""
    return (point.x - corner[0]) / _NANOMETRES, (corner[1] - point.y) / _NANOMETRES
