"""What drawings show of each part: its body as on the fabrication layer, its pads, its middle. Read from the board file.

Millimetres from the board's lower left corner, y up: the coordinates of gerbers and placement file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pcbnew

from hardware import board_file

Point = tuple[float, float]
Outline = tuple[Point, ...]

_ARC_ERROR_MM = 0.01
_FAB = (pcbnew.F_Fab, pcbnew.B_Fab)


@dataclass(frozen=True)
class PadShape:
    number: str
    outlines: tuple[Outline, ...]
    middle: Point


@dataclass(frozen=True)
class PartShape:
    """One placed footprint; `body` are the strokes of its fabrication layer as filled outlines."""

    ref: str
    back: bool
    body: tuple[Outline, ...]
    pads: tuple[PadShape, ...]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of body and pads."""
        outlines = (*self.body, *(outline for pad in self.pads for outline in pad.outlines))
        xs = [x for outline in outlines for x, _ in outline]
        ys = [y for outline in outlines for _, y in outline]
        return min(xs), min(ys), max(xs), max(ys)

    def pad(self, number: str) -> PadShape:
        return next(pad for pad in self.pads if pad.number == number)


def read(board: Path) -> dict[str, PartShape]:
    """The parts of a board by reference. InputError if the board is missing."""
    pcb = board_file.load(board)
    origin = pcb.GetDesignSettings().GetAuxOrigin()
    return {footprint.GetReference(): _part(footprint, origin) for footprint in pcb.GetFootprints()}


def _part(footprint: pcbnew.FOOTPRINT, origin: pcbnew.VECTOR2I) -> PartShape:
    body = pcbnew.SHAPE_POLY_SET()
    for item in footprint.GraphicalItems():
        if isinstance(item, pcbnew.PCB_SHAPE) and item.GetLayer() in _FAB:
            item.TransformShapeToPolygon(body, item.GetLayer(), 0, _error(), pcbnew.ERROR_INSIDE)
    layer = pcbnew.B_Cu if footprint.IsFlipped() else pcbnew.F_Cu
    return PartShape(
        ref=footprint.GetReference(),
        back=footprint.IsFlipped(),
        body=tuple(_outlines(body, origin)),
        pads=tuple(_pad(pad, layer, origin) for pad in footprint.Pads()),
    )


def _pad(pad: pcbnew.PAD, layer: int, origin: pcbnew.VECTOR2I) -> PadShape:
    shape = pcbnew.SHAPE_POLY_SET()
    pad.TransformShapeToPolygon(shape, layer, 0, _error(), pcbnew.ERROR_INSIDE)
    return PadShape(pad.GetNumber(), tuple(_outlines(shape, origin)), _point(pad.GetPosition(), origin))


def _outlines(shapes: pcbnew.SHAPE_POLY_SET, origin: pcbnew.VECTOR2I) -> Iterator[Outline]:
    shapes.Simplify()
    shapes.Fracture()  # holes become slits, so that an outline is one line
    for index in range(shapes.OutlineCount()):
        chain = shapes.Outline(index)
        yield tuple(_point(chain.CPoint(i), origin) for i in range(chain.PointCount()))


def _point(at: pcbnew.VECTOR2I, origin: pcbnew.VECTOR2I) -> Point:
    return round(pcbnew.ToMM(at.x - origin.x), 4), round(pcbnew.ToMM(origin.y - at.y), 4)


def _error() -> int:
    return int(pcbnew.FromMM(_ARC_ERROR_MM))
