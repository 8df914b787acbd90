"""The finest track, gap and hole that the board really has, measured on its copper."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pcbnew
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from hardware import board_file

_ARC_ERROR_MM = 0.002
_LAYERS = (pcbnew.F_Cu, pcbnew.B_Cu)


@dataclass(frozen=True)
class Measures:
    """Millimetres."""

    track: float
    gap: float
    drill: float
    ring: float  # of vias and leads
    thickness: float


def measure(board: Path) -> Measures:
    """InputError if the board is missing."""
    pcb = board_file.load(board)
    tracks = [track for track in pcb.GetTracks() if not isinstance(track, pcbnew.PCB_VIA)]
    holes = list(_holes(pcb))
    return Measures(
        track=min(pcbnew.ToMM(track.GetWidth()) for track in tracks),
        gap=round(min(_smallest_gap(pcb, layer) for layer in _LAYERS), 3),
        drill=min(drill for drill, _ in holes),
        ring=round(min((land - drill) / 2 for drill, land in holes), 3),
        thickness=pcbnew.ToMM(pcb.GetDesignSettings().GetBoardThickness()),
    )


def _holes(pcb: pcbnew.BOARD) -> Iterator[tuple[float, float]]:
    """Diameter of each plated hole and of the copper around it."""
    for track in pcb.GetTracks():
        if isinstance(track, pcbnew.PCB_VIA):
            yield pcbnew.ToMM(track.GetDrillValue()), pcbnew.ToMM(track.GetWidth(pcbnew.F_Cu))
    for pad in pcb.GetPads():
        if pad.GetAttribute() == pcbnew.PAD_ATTRIB_PTH:
            size = pad.GetSize()
            yield pcbnew.ToMM(pad.GetDrillSizeX()), pcbnew.ToMM(min(size.x, size.y))


def _smallest_gap(pcb: pcbnew.BOARD, layer: int) -> float:
    """Between copper of different nets."""
    pieces: dict[str, list[BaseGeometry]] = {}
    for item in [*pcb.GetTracks(), *pcb.GetPads()]:
        if item.IsOnLayer(layer):
            shape = pcbnew.SHAPE_POLY_SET()
            item.TransformShapeToPolygon(shape, layer, 0, int(pcbnew.FromMM(_ARC_ERROR_MM)), pcbnew.ERROR_INSIDE)
            pieces.setdefault(item.GetNetname(), []).append(_geometry(shape))
    for zone in pcb.Zones():
        if not zone.GetIsRuleArea() and zone.IsOnLayer(layer):
            pieces.setdefault(zone.GetNetname(), []).append(_geometry(zone.GetFilledPolysList(layer)))
    copper = [unary_union(shapes) for shapes in pieces.values()]
    return float(min(one.distance(other) for one, other in combinations(copper, 2)))


def _geometry(shapes: pcbnew.SHAPE_POLY_SET) -> BaseGeometry:
    return unary_union([_polygon(shapes, index) for index in range(shapes.OutlineCount())])


def _polygon(shapes: pcbnew.SHAPE_POLY_SET, index: int) -> BaseGeometry:
    holes = [_ring(shapes.Hole(index, hole)) for hole in range(shapes.HoleCount(index))]
    return Polygon(_ring(shapes.Outline(index)), holes).buffer(0)


def _ring(chain: pcbnew.SHAPE_LINE_CHAIN) -> list[tuple[float, float]]:
    points = (chain.CPoint(i) for i in range(chain.PointCount()))
    return [(pcbnew.ToMM(point.x), pcbnew.ToMM(point.y)) for point in points]
