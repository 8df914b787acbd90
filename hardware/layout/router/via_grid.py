"""Vias between the planes of a net that is poured on both layers, spread over the board."""

import math
from collections.abc import Iterator, Sequence

import shapely

from hardware.layout.router.exact import room
from hardware.layout.router.islands import islands, join_islands
from hardware.layout.router.model import Layer, Point, Problem, Routes, RoutingRules, Via
from hardware.layout.router.reuse import with_routes

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
    """What joins islands of the pours; then vias where they fit on both layers, along the polylines and on a grid.

    Those that are closer to another than half a pitch are left out.
    """
    bridges = join_islands(problem, rules, net)
    problem = with_routes(problem, bridges, rules)
    pads = shapely.STRtree([pad.polygon for pad in problem.pads])
    off = shapely.STRtree(list(keep_off))
    around = room(problem, rules, net)
    radius = rules.via_diameter / 2

    def allowed(point: Point) -> bool:
        centre = shapely.Point(point)
        return (
            not pads.query(centre, "dwithin", radius + _TO_PADS).size
            and not off.query(centre, "dwithin", radius).size
            and around.via_clear(point, ease=_EASE)
        )

    vias: list[Via] = []
    flow = islands(problem, rules, net)
    poured = [shapely.STRtree(flow[layer]) for layer in Layer]
    placed = [piece.spine[0] for piece in problem.copper if piece.net == net and len(piece.spine) == 1]
    wanted = [(point, along_pitch * 0.75) for line in along for point in _spaced(line, along_pitch)]
    wanted += [(point, pitch / 2) for point in _grid_points(problem.outline, pitch)]
    for point, spacing in wanted:
        joins = all(tree.query(shapely.Point(point), "within").size for tree in poured)
        if joins and all(math.dist(point, other) >= spacing for other in placed) and allowed(point):
            placed.append(point)
            vias.append(Via(net, point))
    return bridges + Routes.of([], vias)


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
