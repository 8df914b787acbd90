"""A via beside each front pad of a net that is poured on both layers, so that the pad is on the plane by itself."""

import math
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import shapely

from hardware.layout.router.exact import Room
from hardware.layout.router.joined import FREE, Anchor, Piece
from hardware.layout.router.lay import lay
from hardware.layout.router.model import FRONT, Failure, Layer, NetRule, Point, Problem, Routes, Routing, RoutingRules, Via
from hardware.layout.router.search import Path, search
from hardware.layout.router.site import Site, site
from hardware.layout.router.terrain import Terrain, terrain


def stitch_pads(
    problem: Problem,
    rules: RoutingRules,
    net: str,
    *,
    reach: float,
    stub_width: float,
    skip_pads: Collection[str] = frozenset(),
) -> Routing:
    """A via and a stub for each front pad of the net whose copper holds no via or plated hole yet.

    A pad without room for a via within `reach` of its edge is joined to copper that has one if that is as near;
    otherwise it is a failure.
    """
    narrow = NetRule(width=stub_width, neck_width=rules.of(net).neck_width, back_cost=1e3)
    rules = replace(rules, nets={**rules.nets, net: narrow})
    here = site(problem, rules)
    routes, failed = Routes(), []
    for pad in problem.pads:
        if pad.net != net or pad.layers != FRONT or pad.name in skip_pads:
            continue
        apart = here.pieces(net, routes)
        own = next(piece for piece in apart if pad.name in piece.pads)
        if _reaches_back(here, own):
            continue
        stub = _stub(here, net, own, pad.polygon, [piece for piece in apart if _reaches_back(here, piece)], routes, reach)
        if stub is None:
            failed.append(pad.name)
        else:
            routes += stub
    return Routing(routes, (Failure(net, tuple(failed)),) if failed else ())


def _reaches_back(here: Site, piece: Piece) -> bool:
    return any(cell >= here.around.grid.plane for cell in piece.anchors)


def _stub(
    here: Site, net: str, own: Piece, pad: shapely.Polygon, grounded: list[Piece], routes: Routes, reach: float
) -> Routes | None:
    """The shortest way from a pad to a place for a via, or to copper that has one."""
    grid, rules = here.around.grid, here.rules
    if net not in here.foreign:
        here.foreign[net] = here.around.foreign(net)
    ground = terrain(net, here.around, here.foreign[net], here.around.empty(2), routes, rules, None)
    near = here.around.empty(1)
    window = grid.window(pad.bounds, reach + rules.via_diameter)
    x, y = np.broadcast_arrays(*grid.centres(window))
    near[window] = shapely.distance(shapely.points(x, y), pad)
    ground = Terrain(np.where(near > reach + rules.via_diameter, np.inf, ground.step), ground.via, ground.narrow)

    room = here.room(net, ())
    goals: dict[int, Anchor] = {}
    fits = np.isfinite(ground.via) & (near <= reach + rules.via_diameter / 2) & np.isfinite(ground.step[Layer.F])
    for row, column in np.argwhere(fits).tolist():
        cell = row * grid.columns + column
        if room.via_clear(grid.point(cell)):
            goals[cell] = Anchor(FREE, point=grid.point(cell))
    path = _front_path(here, ground, own, goals)
    if path:
        place = _in_line(here, own.anchors[path.cells[0]], path, room, routes)
        ends = own.anchors[path.cells[0]], Anchor(FREE, point=place)
        return lay(net, rules.of(net), grid, ground, path.cells, ends, room) + Routes((), (Via(net, place),))
    goals = {cell: anchor for piece in grounded for cell, anchor in piece.anchors.items() if cell < grid.plane}
    path = _front_path(here, ground, own, goals) if goals else None
    if path is None:
        return None
    return lay(net, rules.of(net), grid, ground, path.cells, (own.anchors[path.cells[0]], goals[path.cells[-1]]), room)


def _in_line(here: Site, start: Anchor, path: Path, room: Room, routes: Routes) -> Point:
    """The via's place, moved off the grid as much as the pad's centre is, so that the stub is straight."""
    first, last = here.around.grid.point(path.cells[0]), here.around.grid.point(path.cells[-1])
    if start.point is None:
        return last
    moved = round(last[0] + start.point[0] - first[0], 6), round(last[1] + start.point[1] - first[1], 6)
    spacing = here.rules.via_drill + here.rules.hole_to_hole
    fits = room.via_clear(moved) and all(math.dist(moved, via.point) >= spacing for via in routes.vias)
    return moved if fits else last


def _front_path(here: Site, ground: Terrain, own: Piece, goals: dict[int, Anchor]) -> Path | None:
    if not goals:
        return None
    flat = Terrain(ground.step, np.full_like(ground.via, np.inf), ground.narrow)
    return search(
        here.around.grid,
        flat,
        here.rules,
        {cell: anchor.costs for cell, anchor in own.anchors.items()},
        {cell: anchor.costs for cell, anchor in goals.items()},
    )
