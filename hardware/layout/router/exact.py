"""Exact clearances of tracks and vias, by shapely: what the grid only samples."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from hardware.layout.router.model import BOTH, Layer, Point, Problem, Routes, RoutingRules, Track, Via

_SLACK = 1e-5  # mm; coordinates are rounded to nanometres


@dataclass(frozen=True)
class Room:
    """Everything that one net has to keep away from."""

    rules: RoutingRules
    outline: shapely.Polygon
    edge: shapely.Geometry
    copper: tuple[shapely.STRtree, shapely.STRtree]
    no_tracks: tuple[shapely.STRtree, shapely.STRtree]
    no_vias: shapely.STRtree
    holes: shapely.STRtree

    def clear(self, layer: Layer, points: Iterable[Point], width: float) -> bool:
        """Whether a track through the points keeps every distance."""
        line = shapely.LineString(points)
        return (
            not _near(self.copper[layer], line, self.rules.clearance + width / 2)
            and not _near(self.no_tracks[layer], line, width / 2)
            and self._inside(line, width)
        )

    def via_clear(self, point: Point, *, ease: float = 0.0) -> bool:
        """Whether a via there keeps every distance, and `ease` more to copper; pads of its own net do not count."""
        centre, diameter = shapely.Point(point), self.rules.via_diameter
        return (
            not any(_near(self.copper[layer], centre, self.rules.clearance + ease + diameter / 2) for layer in Layer)
            and not _near(self.no_vias, centre, diameter / 2)
            and not _near(self.holes, centre, self.rules.hole_to_hole + self.rules.via_drill / 2)
            and self._inside(centre, diameter)
        )

    def _inside(self, shape: shapely.Geometry, width: float) -> bool:
        margin = self.rules.copper_to_edge + width / 2 - _SLACK
        return bool(self.outline.contains(shape) and not shapely.dwithin(self.edge, shape, margin))


def room(problem: Problem, rules: RoutingRules, net: str, others: Iterable[Routes] = ()) -> Room:
    """The room of a net among the problem's copper and the routes of other nets."""
    copper: dict[Layer, list[shapely.Geometry]] = {layer: [] for layer in Layer}
    holes = list(problem.holes)
    for owner, layers, polygon in problem.shapes():
        for layer in layers if owner != net else ():
            copper[layer].append(polygon)
    for routes in others:
        for track in routes.tracks:
            copper[track.layer].append(track_shape(track))
        for via in routes.vias:
            for layer in Layer:
                copper[layer].append(via_shape(via, rules))
            holes.append(shapely.Point(via.point).buffer(rules.via_drill / 2))
    return Room(
        rules,
        problem.outline,
        problem.outline.boundary,
        (shapely.STRtree(copper[Layer.F]), shapely.STRtree(copper[Layer.B])),
        (
            shapely.STRtree([area.polygon for area in problem.keep_outs if area.tracks and Layer.F in area.layers]),
            shapely.STRtree([area.polygon for area in problem.keep_outs if area.tracks and Layer.B in area.layers]),
        ),
        shapely.STRtree([area.polygon for area in problem.keep_outs if area.vias]),
        shapely.STRtree(holes),
    )


def track_shape(track: Track) -> shapely.Polygon:
    return shapely.LineString(track.points).buffer(track.width / 2)


def via_shape(via: Via, rules: RoutingRules) -> shapely.Polygon:
    return shapely.Point(via.point).buffer(rules.via_diameter / 2)


def conflicts(routes: Iterable[Routes], rules: RoutingRules) -> set[tuple[str, str]]:
    """Pairs of different nets whose tracks or vias are too close to each other; each pair once, in order of name."""
    pieces = [
        (net, layers, shape, width / 2)
        for of_net in routes
        for net, layers, shape, width in [
            *((t.net, frozenset({t.layer}), shapely.LineString(t.points), t.width) for t in of_net.tracks),
            *((v.net, BOTH, shapely.Point(v.point), rules.via_diameter) for v in of_net.vias),
        ]
    ]
    if not pieces:
        return set()
    shapes = np.array([shape for _, _, shape, _ in pieces])
    widest = max(half for _, _, _, half in pieces)
    first, second = shapely.STRtree(shapes).query(shapes, "dwithin", rules.clearance + 2 * widest)
    distances = shapely.distance(shapes[first], shapes[second])
    return {
        (pieces[i][0], pieces[j][0])
        for i, j, distance in zip(first.tolist(), second.tolist(), distances.tolist(), strict=True)
        if pieces[i][0] < pieces[j][0]
        and pieces[i][1] & pieces[j][1]
        and distance < rules.clearance + pieces[i][3] + pieces[j][3] - _SLACK
    }


def _near(tree: shapely.STRtree, shape: shapely.Geometry, distance: float) -> bool:
    return bool(tree.query(shape, "dwithin", distance - _SLACK).size)
