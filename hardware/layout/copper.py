"""Tracks: those drawn by hand for what matters, then the router's, then vias that join the ground pours.

The router's tracks stand in routed.txt, so that a change in one corner of the circuit leaves the tracks in the others
as they were. What still fits of that file is drawn as it is; only the rest is routed anew.
"""

import dataclasses
from collections.abc import Mapping

import pcbnew
import shapely

from hardware.errors import InputError
from hardware.layout import rules
from hardware.layout.drawing import ORIGIN_MM, Point, track, via
from hardware.layout.hand_drawn import ROUTED, TRACKS, VIAS
from hardware.layout.outline import ANTENNA_BOTTOM_MM, HEIGHT_MM, WIDTH_MM
from hardware.layout.router import NetRule, Routes, Routing, RoutingRules, draw, route_board, stitch_pads, stitching_grid, text

_LAYERS = {"F": pcbnew.F_Cu, "B": pcbnew.B_Cu}
_STITCH_INSET_MM = 0.8  # of the row of ground vias along the board's edge


def draw_by_hand(board: pcbnew.BOARD, nets: Mapping[str, pcbnew.NETINFO_ITEM]) -> None:
    """Draw the table's tracks and vias. InputError for a net or a pad that is not on the board."""
    for row in TRACKS:
        points = [_point(board, point) for point in row.points]
        track(board, _net(nets, row.net), _LAYERS[row.layer], points, row.width or rules.track_width(row.net))
    for net, x, y in VIAS:
        via(board, _net(nets, net), x, y, rules.VIA_MM, rules.VIA_DRILL_MM)


def draw_routed(board: pcbnew.BOARD, nets: Mapping[str, pcbnew.NETINFO_ITEM]) -> Routing:
    """Draw the rest by the router and stitch the ground pours. Routes are in the board's own coordinates."""
    routing_rules = _routing_rules(nets)
    ground = nets["GND"].GetNetname()
    previous = _shifted(text.read(ROUTED), *ORIGIN_MM)
    routing = route_board(board, rules=routing_rules, plane_nets={ground}, previous=previous)
    draw(board, routing.routes, routing_rules)
    draw(board, stitch_pads(board, rules=routing_rules, net=ground).routes, routing_rules)
    along = [[(x + ORIGIN_MM[0], y + ORIGIN_MM[1]) for x, y in _edge_row()]]
    draw(board, stitching_grid(board, rules=routing_rules, net=ground, along=along), routing_rules)
    return dataclasses.replace(routing, routes=_shifted(routing.routes, -ORIGIN_MM[0], -ORIGIN_MM[1]))


def keep(routing: Routing) -> bool:
    """Make these the tracks that later runs start from. False if they are already."""
    return text.write(ROUTED, routing.routes)


def _routing_rules(nets: Mapping[str, pcbnew.NETINFO_ITEM]) -> RoutingRules:
    return RoutingRules(
        clearance=rules.CLEARANCE_MM,
        via_diameter=rules.VIA_MM,
        via_drill=rules.VIA_DRILL_MM,
        default=NetRule(width=rules.SIGNAL_MM),
        nets={info.GetNetname(): NetRule(width=rules.track_width(name)) for name, info in nets.items()},
    )


def _edge_row() -> list[Point]:
    """Where ground vias fence the board in: around it, inside the edge, and along the antenna's foot."""
    left, top, right, bottom = shapely.box(0, ANTENNA_BOTTOM_MM, WIDTH_MM, HEIGHT_MM).buffer(-_STITCH_INSET_MM).bounds
    return [(left, bottom), (left, top), (right, top), (right, bottom)]


def _shifted(routes: Routes, dx: float, dy: float) -> Routes:
    def moved(point: Point) -> Point:
        return round(point[0] + dx, 6), round(point[1] + dy, 6)

    return Routes.of(
        [dataclasses.replace(t, points=tuple(map(moved, t.points))) for t in routes.tracks],
        [dataclasses.replace(v, point=moved(v.point)) for v in routes.vias],
    )


def _net(nets: Mapping[str, pcbnew.NETINFO_ITEM], name: str) -> pcbnew.NETINFO_ITEM:
    if name not in nets:
        raise InputError(f"hardware/layout/hand_drawn.py draws {name}, which is not in the circuit: delete its row")
    return nets[name]


def _point(board: pcbnew.BOARD, point: str | Point) -> Point:
    """A point as it is, or the centre of the pad named "U3.7"."""
    if not isinstance(point, str):
        return point
    ref, _, number = point.partition(".")
    footprint = board.FindFootprintByReference(ref)
    pad = footprint and footprint.FindPadByNumber(number)
    if not pad:
        raise InputError(f"hardware/layout/hand_drawn.py draws to {point}, which is not on the board: correct its row")
    position = pad.GetPosition()
    return pcbnew.ToMM(position.x) - ORIGIN_MM[0], pcbnew.ToMM(position.y) - ORIGIN_MM[1]
