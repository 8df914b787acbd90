"""The router: joins what the hand-drawn tracks left open, on two layers, at 45 and 90 degrees.

    draw(board, stitch_pads(board, rules=rules, net="GND").routes, rules)
    routing = route_board(board, rules=rules, plane_nets={"GND"}, previous=text.read(path))
    draw(board, routing.routes, rules)
    draw(board, stitching_grid(board, rules=rules, net="GND"), rules)

Ground vias at pads come first: later there may be no room left beside a pad between tracks, while a track goes round
a via. Each step reads the board as it then is; nothing is drawn until `draw`. Only read_board.py and draw.py know KiCad, and
they are imported when they are called, so that the rest runs without it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from hardware.layout.router.model import Failure, Layer, NetRule, Point, Routes, Routing, RoutingRules, Track, Via
from hardware.layout.router.routing import route

if TYPE_CHECKING:
    import pcbnew
    import shapely

__all__ = [
    "Failure",
    "Layer",
    "NetRule",
    "Routes",
    "Routing",
    "RoutingRules",
    "Track",
    "Via",
    "draw",
    "route_board",
    "stitch_pads",
    "stitching_grid",
]


def route_board(
    board: pcbnew.BOARD,
    *,
    rules: RoutingRules,
    plane_nets: Collection[str] = frozenset({"GND"}),
    skip_nets: Collection[str] = frozenset(),
    previous: Routes | None = None,
) -> Routing:
    """Route what is open on the board, except nets to skip. Planes are joined by their pours: they only get bridges

    where tracks would cut these into pieces (after `stitch_pads`, so that the vias of the pads count).

    Of the previous routes those are kept, point for point, that still fit; give the routes of the last run, so that
    a change in one corner of the board leaves the tracks in the others as they were.
    """
    from hardware.layout.router.read_board import read_board

    problem = read_board(board, rules, plane_nets)
    return route(problem, rules, skip_nets=skip_nets, plane_nets=plane_nets, previous=previous or Routes())


def stitch_pads(
    board: pcbnew.BOARD,
    *,
    rules: RoutingRules,
    net: str = "GND",
    reach: float = 0.8,
    stub_width: float = 0.25,
    skip_pads: Collection[str] = frozenset(),
) -> Routing:
    """A via close by, on a short stub, for each front pad of the plane that has none. `skip_pads` holds names ("U1.5")."""
    from hardware.layout.router.pad_vias import stitch_pads as vias_at_pads
    from hardware.layout.router.read_board import read_board

    problem = read_board(board, rules, {net})
    return vias_at_pads(problem, rules, net, reach=reach, stub_width=stub_width, skip_pads=skip_pads)


def stitching_grid(
    board: pcbnew.BOARD,
    *,
    rules: RoutingRules,
    net: str = "GND",
    pitch: float = 2.5,
    along: Sequence[Sequence[Point]] = (),
    along_pitch: float = 1.2,
    keep_off: Sequence[shapely.Polygon] = (),
) -> Routes:
    """Vias between the planes: where tracks cut the pours into islands, along polylines, and on a coarse grid.

    They stand wherever they fit on both layers, and nowhere in a keep-out, near a pad or under a polygon of `keep_off`.

    Points and polygons are in the board's own (page) coordinates, mm.
    """
    from hardware.layout.router.read_board import read_board
    from hardware.layout.router.via_grid import stitching_grid as grid_of_vias

    problem = read_board(board, rules, {net})
    return grid_of_vias(problem, rules, net, pitch=pitch, along=along, along_pitch=along_pitch, keep_off=keep_off)


def draw(board: pcbnew.BOARD, routes: Routes, rules: RoutingRules) -> None:
    """Add tracks and vias to the board. InputError if it lacks one of the nets."""
    from hardware.layout.router.draw import draw as draw_on_board

    draw_on_board(board, routes, rules)
