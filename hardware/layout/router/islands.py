"""Where the pours of a plane will flow, and the vias that join the islands into which tracks cut them."""

from collections.abc import Callable

import numpy as np
import shapely

from hardware.layout.router.model import Layer, Point, Problem, RoutingRules

_SEARCH_MM = 0.1  # raster on which places for a joining via are looked for

Islands = dict[Layer, list[shapely.Polygon]]


def islands(problem: Problem, rules: RoutingRules, net: str) -> Islands:
    """The net's copper on each layer once poured, as KiCad will fill it to within some hundredths of a millimetre."""
    found: Islands = {}
    for layer in Layer:
        own = [shape for owner, layers, shape in problem.shapes() if owner == net and layer in layers]
        foreign = [shape for owner, layers, shape in problem.shapes() if owner != net and layer in layers]
        barred = [area.polygon for area in problem.keep_outs if area.tracks and layer in area.layers]
        pour = problem.outline.buffer(-rules.pour_to_edge)
        pour = pour.difference(shapely.union_all([*(s.buffer(rules.pour_clearance) for s in foreign), *barred]))
        half = rules.pour_min_width / 2
        pour = pour.buffer(-half).buffer(half)
        found[layer] = [part for part in shapely.get_parts(shapely.union_all([pour, *own])) if part.area > 0]
    return found


def joining_vias(problem: Problem, rules: RoutingRules, net: str, fits: Callable[[Point], bool]) -> list[Point]:
    """Places for vias that join what the pours alone leave in pieces, as few as possible. `fits`: a via may stand there.

    Islands without a pad or via do not count: KiCad removes them.
    """
    flow = islands(problem, rules, net)
    nodes = [(layer, polygon) for layer in Layer for polygon in flow[layer]]
    parent = list(range(len(nodes)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    def join(members: list[int]) -> None:
        for member in members:
            parent[root(member)] = root(members[0])

    anchored: set[int] = set()
    for owner, layers, shape in problem.shapes():
        if owner == net:
            members = [i for i, (layer, island) in enumerate(nodes) if layer in layers and island.intersects(shape)]
            anchored.update(members)
            join(members)
    points: list[Point] = []
    while len(pieces := {root(i) for i in anchored}) > 1:
        bridges = [
            (i, j)
            for i, (layer, _) in enumerate(nodes)
            for j, (other, _) in enumerate(nodes)
            if layer == Layer.F and other == Layer.B and root(i) != root(j) and {root(i), root(j)} & pieces
        ]
        overlaps = [(nodes[i][1].intersection(nodes[j][1]), i, j) for i, j in bridges]
        for overlap, i, j in sorted(overlaps, key=lambda bridge: (-round(bridge[0].area, 6), bridge[1:])):
            place = _place(overlap.buffer(-rules.via_diameter / 2), fits, points, rules)
            if place:
                points.append(place)
                anchored.update((i, j))
                join([i, j])
                break
        else:
            break
    return points


def _place(region: shapely.Geometry, fits: Callable[[Point], bool], taken: list[Point], rules: RoutingRules) -> Point | None:
    """The place in the region farthest from its edge where a via fits."""
    if region.is_empty:
        return None
    left, top, right, bottom = region.bounds
    x, y = np.meshgrid(np.arange(left, right, _SEARCH_MM), np.arange(top, bottom, _SEARCH_MM))
    inside = shapely.contains_xy(region, x, y)
    candidates = [(round(float(a), 2), round(float(b), 2)) for a, b in zip(x[inside], y[inside], strict=True)]
    depth = {point: round(region.boundary.distance(shapely.Point(point)), 4) for point in candidates}
    spacing = rules.via_drill + rules.hole_to_hole
    for point in sorted(depth, key=lambda p: (-depth[p], p)):
        if all(np.hypot(point[0] - a, point[1] - b) >= spacing for a, b in taken) and fits(point):
            return point
    return None
