"""How far every cell is from what a net has to keep away from."""

import math
from dataclasses import dataclass

import numpy as np
import shapely

from hardware.layout.router import grid as grids
from hardware.layout.router.grid import Field, Grid
from hardware.layout.router.model import Problem, Routes, RoutingRules


@dataclass(frozen=True)
class Surroundings:
    """Distances that do not change while routing. By [layer, row, column], or by [row, column] where vias go through."""

    grid: Grid
    reach: float  # distances beyond it are inf
    copper: dict[str | None, Field]  # to each net's own pads and copper
    pads: dict[str, Field]  # to each net's own pads
    slim: dict[str, Field]  # to those of them that are slimmer than the net's tracks
    holes: Field
    edge: Field  # to the outline; 0 outside of it
    no_tracks: Field
    no_vias: Field

    def foreign(self, net: str) -> Field:
        """Distance to everything that is not the net's."""
        return nearest([field for other, field in self.copper.items() if other != net], self.empty(2))

    def empty(self, layers: int) -> Field:
        shape = (self.grid.rows, self.grid.columns)
        return np.full((layers, *shape) if layers > 1 else shape, np.inf, np.float32)


def nearest(fields: list[Field], empty: Field) -> Field:
    """Cell by cell the least of the distances."""
    return np.minimum.reduce(fields) if fields else empty


def measure(problem: Problem, rules: RoutingRules) -> Surroundings:
    """Measure a placed board once. Takes some tenths of a second."""
    grid = grids.over(problem.outline, rules.grid)
    widest = max([rules.default.width, *(rule.width for rule in rules.nets.values())])
    reach = rules.clearance + max(widest, rules.via_diameter) / 2 + rules.ease + 2 * rules.grid
    blank = np.full((2, grid.rows, grid.columns), np.inf, np.float32)
    found = Surroundings(grid, reach, {}, {}, {}, blank[0].copy(), _inside(grid, problem.outline), blank.copy(), blank[0].copy())
    for net, layers, polygon in problem.shapes():
        field = found.copper.setdefault(net, blank.copy())
        for layer in sorted(layers):
            grids.lower_to_polygon(grid, field[layer], polygon, reach)
    for pad in problem.pads:
        if pad.net is not None:
            slim = _short_side(pad.polygon) < rules.of(pad.net).width - 0.01
            for fields in (found.pads, found.slim) if slim else (found.pads,):
                field = fields.setdefault(pad.net, blank.copy())
                for layer in sorted(pad.layers):
                    grids.lower_to_polygon(grid, field[layer], pad.polygon, max(reach, rules.neck_reach))
    for hole in problem.holes:
        grids.lower_to_polygon(grid, found.holes, hole, reach)
    for area in problem.keep_outs:
        for layer in sorted(area.layers) if area.tracks else ():
            grids.lower_to_polygon(grid, found.no_tracks[layer], area.polygon, reach)
        if area.vias:
            grids.lower_to_polygon(grid, found.no_vias, area.polygon, reach)
    return found


def of_routes(surroundings: Surroundings, routes: Routes, rules: RoutingRules) -> Field:
    """Distance of every cell to the tracks and vias, by layer."""
    field, grid, reach = surroundings.empty(2), surroundings.grid, surroundings.reach
    for track in routes.tracks:
        for start, end in zip(track.points, track.points[1:], strict=False):
            grids.lower_to_track(grid, field[track.layer], start, end, track.width, reach)
    for via in routes.vias:
        for plane in field:
            grids.lower_to_track(grid, plane, via.point, via.point, rules.via_diameter, reach)
    return field


def sampled(distance: float, pitch: float) -> float:
    """What the cells on a path must keep, so that the path between two diagonal neighbours keeps `distance` too."""
    return math.hypot(distance, pitch / math.sqrt(2))


def _inside(grid: Grid, outline: shapely.Polygon) -> Field:
    x, y = np.broadcast_arrays(*grid.centres((slice(0, grid.rows), slice(0, grid.columns))))
    boundary = outline.boundary
    shapely.prepare(boundary)
    shapely.prepare(outline)
    distance = shapely.distance(shapely.points(x, y), boundary)
    return np.where(shapely.contains_xy(outline, x, y), distance, 0).astype(np.float32)


def _short_side(polygon: shapely.Polygon) -> float:
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygon))
    return float(np.hypot(*np.diff(corners[:3], axis=0).T).min())
