"""Ground vias beside pads and over the board, without KiCad."""

import math

import shapely
from routing_proof import prove

from hardware.layout.router.islands import islands
from hardware.layout.router.model import BACK, BOTH, FRONT, Copper, Failure, KeepOut, Layer, Pad, Problem, Routing, RoutingRules
from hardware.layout.router.pad_vias import stitch_pads
from hardware.layout.router.reuse import with_routes
from hardware.layout.router.routing import route
from hardware.layout.router.via_grid import stitching_grid

RULES = RoutingRules()
BOARD = shapely.box(0, 0, 12, 10)


def pad(name: str, net: str, x: float, y: float, size: float = 0.6) -> Pad:
    return Pad(name, net, FRONT, (x, y), shapely.box(x - size / 2, y - size / 2, x + size / 2, y + size / 2))


def test_each_ground_pad_gets_a_via_close_by() -> None:
    pads = (pad("C1.2", "GND", 3, 3), pad("C1.1", "A", 3, 4), pad("C2.2", "GND", 8.03, 3.07), pad("C3.2", "GND", 8, 7))
    problem = Problem(BOARD, pads)
    routing = stitch_pads(problem, RULES, "GND", reach=0.8, stub_width=0.25)
    prove(problem, Routing(routing.routes, (Failure("GND", ("C2.2", "C3.2")),)), RULES)
    assert routing.failures == ()
    assert {track.width for track in routing.routes.tracks} == {0.25}
    for ground in (p for p in pads if p.net == "GND"):
        (distance,) = [d for via in routing.routes.vias if (d := ground.polygon.distance(shapely.Point(via.point))) < 1.2]
        assert RULES.via_diameter / 2 + RULES.via_to_own_pad <= distance + 1e-6 <= 0.8 + RULES.via_diameter / 2


def test_vias_of_neighbouring_pads_keep_their_drills_apart() -> None:
    pads = tuple(pad(f"U1.{y}", "GND", 3.0, y, 0.25) for y in (3.04, 3.56))  # on the grid they are 0.6 mm apart
    wall = Copper(None, FRONT, shapely.box(3.3, 2, 3.5, 6))
    routing = stitch_pads(Problem(BOARD, pads, (wall,)), RULES, "GND", reach=0.8, stub_width=0.2)
    assert routing.failures == ()
    holes = [via.point for via in routing.routes.vias]
    assert all(math.dist(a, b) >= 0.55 - 1e-6 for i, a in enumerate(holes) for b in holes[:i])


def test_tracks_that_would_cut_the_planes_leave_room_for_a_bridge() -> None:
    # C1.2 stands in a pocket of the front; A has to leave the pocket, by preference on the back, around the via of C1.2
    pads = (pad("C1.2", "GND", 6, 5), pad("C2.2", "GND", 10, 8))
    fence = shapely.box(4, 3, 8, 7).difference(shapely.box(4.3, 3.3, 7.7, 6.7))
    back = shapely.box(4, 3, 8, 7).difference(shapely.box(4.3, 3.3, 7.7, 6.7)).difference(shapely.box(5.5, 2, 6.5, 4))
    a_side = Pad("A.1", "A", BACK, (5.2, 2.2), shapely.box(5, 2, 5.4, 2.4))
    b_side = Pad("A.2", "A", BACK, (6.8, 2.2), shapely.box(6.6, 2, 7, 2.4))
    problem = Problem(BOARD, (*pads, a_side, b_side), (Copper("B", FRONT, fence), Copper("B", BACK, back)), keep_outs=())
    stitched = stitch_pads(problem, RULES, "GND", reach=0.8, stub_width=0.25).routes
    problem = with_routes(problem, stitched, RULES)
    routing = route(problem, RULES, plane_nets={"GND"})
    assert routing.failures == ()
    whole = with_routes(problem, routing.routes, RULES)
    (plane, *_) = sorted(islands(whole, RULES, "GND")[Layer.B], key=lambda island: -island.area)
    assert all(plane.intersects(shapely.Point(via.point)) for via in stitched.vias)


def test_a_pad_that_has_a_via_or_is_to_be_skipped_gets_none() -> None:
    drawn = ((3.0, 3.0), (4.0, 3.0))
    copper = (
        Copper("GND", FRONT, shapely.LineString(drawn).buffer(0.1), drawn),
        Copper("GND", BOTH, shapely.Point(4, 3).buffer(0.3), ((4.0, 3.0),)),
    )
    problem = Problem(BOARD, (pad("C1.2", "GND", 3, 3), pad("AE1.2", "GND", 8, 3)), copper)
    routing = stitch_pads(problem, RULES, "GND", reach=0.8, stub_width=0.25, skip_pads={"AE1.2"})
    assert routing.routes.vias == ()


def test_a_pad_without_room_for_a_via_is_reported() -> None:
    fence = shapely.box(2, 2, 4, 4).difference(shapely.box(2.5, 2.5, 3.5, 3.5))
    problem = Problem(BOARD, (pad("C1.2", "GND", 3, 3), pad("C2.2", "GND", 8, 7)), (Copper(None, BOTH, fence),))
    assert stitch_pads(problem, RULES, "GND", reach=0.8, stub_width=0.25).failures == (Failure("GND", ("C1.2",)),)


def test_the_grid_stays_off_pads_keep_outs_and_listed_shapes() -> None:
    keep_out, listed = shapely.box(0, 0, 12, 2), shapely.box(6, 5, 9, 9)
    problem = Problem(
        BOARD,
        (pad("U1.1", "A", 3, 5, 2.0), pad("U1.2", "GND", 9.95, 4, 1.0)),
        (Copper("A", FRONT, shapely.box(1, 7, 5, 7.2)),),
        keep_outs=(KeepOut(BOTH, keep_out),),
    )
    routes = stitching_grid(problem, RULES, "GND", pitch=1.0, keep_off=[listed])
    prove(problem, Routing(routes), RULES)
    assert len(routes.vias) > 20
    for via in routes.vias:
        ring = shapely.Point(via.point).buffer(RULES.via_diameter / 2)
        assert all(ring.distance(p.polygon) >= 0.2 - 1e-3 for p in problem.pads)
        assert ring.disjoint(keep_out)
        assert ring.disjoint(listed)


def test_vias_stand_along_a_line_before_the_grid_is_filled() -> None:
    line = [(1.0, 1.0), (11.0, 1.0)]
    routes = stitching_grid(Problem(BOARD, ()), RULES, "GND", pitch=2.5, along=[line], along_pitch=1.0)
    on_line = sorted(via.point[0] for via in routes.vias if via.point[1] == 1.0)
    assert on_line == [float(x) for x in range(1, 12)]
    assert all(math.dist(a.point, b.point) >= 0.75 for a in routes.vias for b in routes.vias if a is not b)
