"""Vias between the planes of a net that is poured on both layers, spread over the board."""

import math
from collections.abc import Iterator, Sequence

import shapely

from hardware.layout.router.exact import room
from hardware.layout.router.model import Point, Problem, Routes, RoutingRules, Via

_TO_PADS = 0.2  # mm from a via to any pad, so that solder stays where it belongs
_EASE = 0.15  # mm beyond the clearance, so that the pour reaches the via from all sides


def stitching_grid(
    problem: Problem,
    rules: RoutingRules,
    net: str,
    *,
    pitch: float,
    along: Sequence[Sequence[Point]] = (),
    along_pitch: float = 1.2,
    keep_off: Sequence[shapely.Polygon] = (),
) -> Routes:
    """Vias where they fit on both layers: along the polylines, then on a grid; closer ones than half a pitch are left out."""
    pads = shapely.STRtree([pad.polygon for pad in problem.pads])
    off = shapely.STRtree(list(keep_off))
    around = room(problem, rules, net)
    placed = [piece.spine[0] for piece in problem.copper if piece.net == net and len(piece.spine) == 1]
    vias: list[Via] = []
    radius = rules.via_diameter / 2
    wanted = [(point, along_pitch * 0.75) for line in along for point in _spaced(line, along_pitch)]
    wanted += [(point, pitch / 2) for point in _grid_points(problem.outline, pitch)]
    for point, spacing in wanted:
        centre = shapely.Point(point)
        if (
            all(math.dist(point, other) >= spacing for other in placed)
            and not pads.query(centre, "dwithin", radius + _TO_PADS).size
            and not off.query(centre, "dwithin", radius).size
            and around.via_clear(point, ease=_EASE)
        ):
            placed.append(point)
            vias.append(Via(net, point))
    return Routes.of([], vias)


def _spaced(line: Sequence[Point], pitch: float) -> Iterator[Point]:
    """Points along a polyline, evenly, both ends included."""
    path = shapely.LineString(line)
    count = max(round(path.length / pitch), 1)
    for i in range(count + 1):
        point = path.interpolate(i / count, normalized=True)
        yield round(point.x, 6), round(point.y, 6)


def _grid_points(outline: shapely.Polygon, pitch: float) -> Iterator[Point]:
    """A grid centred in the outline's box, row by row."""
    left, top, right, bottom = outline.bounds
    columns, rows = int((right - left) / pitch), int((bottom - top) / pitch)
    x0, y0 = (left + right - columns * pitch) / 2, (top + bottom - rows * pitch) / 2
    for row in range(rows + 1):
        for column in range(columns + 1):
            yield round(x0 + column * pitch, 6), round(y0 + row * pitch, 6)
