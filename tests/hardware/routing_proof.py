"""Proof of a routing by shapely alone: nothing of the router's own arithmetic is used."""

import math
from itertools import combinations, pairwise

import shapely

from hardware.layout.router.model import BOTH, Layer, Problem, Routes, Routing, RoutingRules

_TOLERANCE_MM = 1e-3  # shapely draws circles as polygons

Shape = tuple[str | None, frozenset[Layer], shapely.Polygon]


def prove(problem: Problem, routing: Routing, rules: RoutingRules) -> None:
    """Distances are kept, angles are 45 degrees, and each net is in one piece but for the pads reported as failures."""
    given = list(problem.shapes())
    added = _shapes(routing.routes, rules)
    for one in added:
        for other in [*given, *added]:
            _apart(one, other, rules)
        assert problem.outline.contains(one[2])
        assert one[2].distance(problem.outline.boundary) > rules.copper_to_edge - _TOLERANCE_MM
    _out_of_keep_outs(problem, routing.routes)
    for a, b in combinations([v.point for v in routing.routes.vias], 2):
        assert math.dist(a, b) > rules.via_drill + rules.hole_to_hole - _TOLERANCE_MM
    for track in routing.routes.tracks:
        for (ax, ay), (bx, by) in pairwise(track.points):
            dx, dy = abs(bx - ax), abs(by - ay)
            assert min(dx, dy, abs(dx - dy)) < 1e-5, f"{track} is not at 45 or 90 degrees"
    failed = {name for failure in routing.failures for name in failure.pads}
    for net, pads in problem.nets().items():
        joined = [pad for pad in pads if pad.name not in failed]
        own = [(layers, shape) for owner, layers, shape in [*given, *added] if owner == net]
        hanging_together = _reached(own, next(i for i, (_, shape) in enumerate(own) if shape is joined[0].polygon))
        assert {pad.name for pad in joined} == {
            pad.name for pad in joined if any(shape is pad.polygon for shape in hanging_together)
        }, net


def length(routes: Routes) -> float:
    return sum(math.dist(a, b) for track in routes.tracks for a, b in pairwise(track.points))


def bends(routes: Routes) -> int:
    return sum(len(track.points) - 2 for track in routes.tracks)


def _shapes(routes: Routes, rules: RoutingRules) -> list[Shape]:
    tracks = [(t.net, frozenset({t.layer}), shapely.LineString(t.points).buffer(t.width / 2)) for t in routes.tracks]
    return [*tracks, *((v.net, BOTH, shapely.Point(v.point).buffer(rules.via_diameter / 2)) for v in routes.vias)]


def _apart(one: Shape, other: Shape, rules: RoutingRules) -> None:
    if one[1] & other[1] and one[0] != other[0]:
        assert one[2].distance(other[2]) > rules.clearance - _TOLERANCE_MM, f"{one[0]} is too close to {other[0]}"


def _out_of_keep_outs(problem: Problem, routes: Routes) -> None:
    for area in problem.keep_outs:
        for track in routes.tracks if area.tracks else ():
            assert track.layer not in area.layers or not area.polygon.intersects(shapely.LineString(track.points))
        for via in routes.vias if area.vias else ():
            assert not area.polygon.intersects(shapely.Point(via.point))


def _reached(own: list[tuple[frozenset[Layer], shapely.Polygon]], start: int) -> list[shapely.Polygon]:
    found, todo = {start}, [start]
    while todo:
        layers, shape = own[todo.pop()]
        near = [i for i, (others, other) in enumerate(own) if layers & others and shape.intersects(other)]
        todo += [i for i in near if i not in found]
        found.update(near)
    return [own[i][1] for i in found]
