"""The router without KiCad; routing_proof.py looks at every result independently."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from routing_proof import bends, length, prove

from hardware.errors import InputError
from hardware.layout.router import text
from hardware.layout.router.model import (
    BACK,
    BOTH,
    FRONT,
    Copper,
    Failure,
    KeepOut,
    Layer,
    NetRule,
    Pad,
    Problem,
    Routes,
    RoutingRules,
)
from hardware.layout.router.reuse import with_routes
from hardware.layout.router.routing import route

RULES = RoutingRules()
BOARD = shapely.box(0, 0, 12, 10)
ONE_LAYER = KeepOut(BOTH, BOARD, tracks=False)  # without vias nobody reaches the back


def pad(name: str, x: float, y: float, width: float = 0.6, height: float = 0.6, layers: frozenset[Layer] = FRONT) -> Pad:
    """A pad of the net that its name begins with: "A.1" is on A."""
    shape = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return Pad(name, name.partition(".")[0], layers, (x, y), shape)


def wall(left: float, top: float, right: float, bottom: float, layers: frozenset[Layer] = FRONT) -> Copper:
    return Copper(None, layers, shapely.box(left, top, right, bottom))


def test_two_pads_behind_a_wall_are_joined_around_it() -> None:
    problem = Problem(BOARD, (pad("A.1", 2, 5), pad("A.2", 10, 5)), (wall(5, 2, 6, 8),), keep_outs=(ONE_LAYER,))
    routing = route(problem, RULES)
    prove(problem, routing, RULES)
    assert routing.failures == ()
    assert routing.routes.vias == ()
    assert 8 < length(routing.routes) < 11.5
    assert bends(routing.routes) <= 4


def test_a_wall_across_the_front_is_passed_on_the_back() -> None:
    problem = Problem(BOARD, (pad("A.1", 2, 5), pad("A.2", 10, 5)), (wall(5, 0, 6, 10),))
    routing = route(problem, RULES)
    prove(problem, routing, RULES)
    assert routing.failures == ()
    assert len(routing.routes.vias) == 2
    assert {track.layer for track in routing.routes.tracks} == {Layer.F, Layer.B}


def test_a_pad_on_the_other_layer_needs_one_via() -> None:
    problem = Problem(BOARD, (pad("A.1", 2, 5), pad("A.2", 10, 5, layers=BACK)))
    routing = route(problem, RULES)
    prove(problem, routing, RULES)
    assert len(routing.routes.vias) == 1


def test_a_pad_that_nothing_can_reach_is_reported_and_the_rest_of_the_net_joined() -> None:
    problem = Problem(
        BOARD,
        (pad("A.1", 2, 2), pad("A.2", 2, 8), pad("A.3", 10, 5)),
        (wall(7, 0, 8, 10, BOTH),),
    )
    routing = route(problem, RULES)
    prove(problem, routing, RULES)
    assert routing.failures == (Failure("A", ("A.3",)),)
    assert length(routing.routes) == pytest.approx(6, abs=0.5)


def pocket() -> Problem:
    """B.2 sits in a pocket that opens to the left; A, the shorter net, by preference runs past the opening."""
    walls = (wall(7, 3.5, 10, 4), wall(7, 6, 10, 6.5), wall(9.5, 3.5, 10, 6.5))
    pads = (pad("A.1", 7.5, 3), pad("A.2", 7.5, 7), pad("B.1", 2, 5), pad("B.2", 8.5, 5))
    return Problem(BOARD, pads, walls, keep_outs=(ONE_LAYER,))


def test_a_short_net_makes_way_for_one_that_it_would_lock_in() -> None:
    problem = pocket()
    greedy = route(problem, RULES, skip_nets={"B"}).routes
    assert route(with_routes(problem, greedy, RULES), RULES).failures == (Failure("B", ("B.2",)),)

    routing = route(problem, RULES)
    prove(problem, routing, RULES)
    assert routing.failures == ()


def test_tracks_end_in_the_very_centre_of_pads_off_the_grid() -> None:
    problem = Problem(BOARD, (pad("A.1", 2.0375, 3.0125), pad("A.2", 9.9731, 6.0444), pad("A.3", 4.4444, 8.0808)))
    routing = route(problem, RULES)
    prove(problem, routing, RULES)
    ends = {point for track in routing.routes.tracks for point in (track.points[0], track.points[-1])}
    assert {(2.0375, 3.0125), (9.9731, 6.0444), (4.4444, 8.0808)} <= ends


def test_a_nearly_straight_track_has_no_visible_jog() -> None:
    problem = Problem(BOARD, (pad("A.1", 2, 5.03), pad("A.2", 10, 5)))
    (track,) = route(problem, RULES).routes.tracks
    pads = shapely.union_all([p.polygon for p in problem.pads])
    assert all(pads.contains(shapely.Point(point)) for point in track.points)


def test_a_wide_track_is_narrow_only_at_pads_with_no_room() -> None:
    rules = RoutingRules(nets={"A": NetRule(width=0.4, neck_width=0.15)})
    neighbours = tuple(replace(pad(f"{n}.1", 2, y, 1.0, 0.25), net=None) for n, y in (("X", 4.5), ("Y", 5.5)))
    problem = Problem(BOARD, (pad("A.1", 2, 5, 1.0, 0.25), pad("A.2", 10, 5), *neighbours))
    routing = route(problem, rules)
    prove(problem, routing, rules)
    wide = [t for t in routing.routes.tracks if t.width == 0.4]
    narrow = [t for t in routing.routes.tracks if t.width == 0.15]
    assert length(Routes.of(wide, [])) > 6
    assert 0.3 < length(Routes.of(narrow, [])) < 1.6


def test_hand_drawn_tracks_count_as_joined_and_are_joined_on_to() -> None:
    drawn = ((2.0, 5.0), (10.0, 5.0))
    track = Copper("A", FRONT, shapely.LineString(drawn).buffer(0.1), drawn)
    problem = Problem(BOARD, (pad("A.1", 2, 5), pad("A.2", 10, 5)), (track,))
    assert route(problem, RULES).routes == Routes()

    third = replace(problem, pads=(*problem.pads, pad("A.3", 6, 8)))
    routing = route(third, RULES)
    prove(third, routing, RULES)
    assert [(t.width, set(t.points)) for t in routing.routes.tracks] == [(0.15, {(6.0, 8.0), (6.0, 5.0)})]


def test_a_track_that_only_touches_a_pad_with_its_side_does_not_join_it() -> None:
    drawn = ((2.0, 5.0), (10.0, 5.0))
    track = Copper("A", FRONT, shapely.LineString(drawn).buffer(0.2), drawn)
    problem = Problem(BOARD, (pad("A.1", 2, 5), pad("A.2", 10, 5), pad("A.3", 6, 5.48)), (track,))
    (added,) = route(problem, RULES).routes.tracks
    assert set(added.points) == {(6.0, 5.48), (6.0, 5.0)}


def test_nets_to_skip_are_left_open() -> None:
    problem = Problem(BOARD, (pad("A.1", 2, 5), pad("A.2", 10, 5), pad("B.1", 2, 8), pad("B.2", 10, 8)))
    routing = route(problem, RULES, skip_nets={"B"})
    assert {track.net for track in routing.routes.tracks} == {"A"}
    assert routing.failures == ()


@pytest.mark.parametrize("seed", range(6))
def test_random_boards_keep_every_distance(seed: int) -> None:
    problem = random_problem(seed)
    routing = route(problem, RULES)
    prove(problem, routing, RULES)
    assert len(routing.failures) <= 1
    assert text.to_text(route(problem, RULES).routes) == text.to_text(routing.routes), "the same board, other routes"


def random_problem(seed: int) -> Problem:
    """Eighteen pads of six nets, and six obstacles, none touching another."""
    chance = random.Random(seed)
    shapes: list[shapely.Polygon] = []
    while len(shapes) < 24:
        x, y = chance.uniform(1, 11), chance.uniform(1, 9)
        width, height = chance.choice([(0.5, 0.6), (1.2, 0.35), (0.35, 1.2), (0.9, 0.9)])
        shape = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if all(shape.distance(other) > 0.5 for other in shapes):
            shapes.append(shape)
    pads = [
        Pad(f"{'ABCDEF'[i % 6]}.{i}", "ABCDEF"[i % 6], FRONT, (shape.centroid.x, shape.centroid.y), shape)
        for i, shape in enumerate(shapes[:18])
    ]
    return Problem(BOARD, tuple(pads), tuple(Copper(None, FRONT, shape) for shape in shapes[18:]))


def test_an_unrelated_change_leaves_all_tracks_as_they_were() -> None:
    before = random_problem(1)
    old = route(before, RULES)
    free = next(
        shape
        for x in range(1, 11)
        for y in range(1, 9)
        if all(
            (shape := shapely.box(x, y, x + 0.3, y + 0.3)).distance(shapely.LineString(track.points)) > 0.3
            for track in old.routes.tracks
        )
        and all(shape.distance(other) > 0.2 for _, _, other in before.shapes())
    )
    after = replace(before, copper=(*before.copper, Copper(None, FRONT, free)))
    again = route(after, RULES, previous=old.routes)
    assert again.routes == old.routes
    assert again.kept == ("A", "B", "C", "D", "E", "F")


def test_only_the_net_in_the_way_of_a_change_is_routed_anew() -> None:
    pads = (pad("A.1", 2, 3), pad("A.2", 10, 3), pad("B.1", 2, 7), pad("B.2", 10, 7))
    old = route(Problem(BOARD, pads), RULES)
    changed = Problem(BOARD, pads, (wall(5, 6.5, 6, 7.5),))
    again = route(changed, RULES, previous=old.routes)
    prove(changed, again, RULES)
    assert again.kept == ("A",)
    assert again.routes.of_net("A") == old.routes.of_net("A")
    assert again.routes.of_net("B") != old.routes.of_net("B")


def test_a_moved_pad_leaves_no_loose_track_behind() -> None:
    old = route(Problem(BOARD, (pad("A.1", 2, 3), pad("A.2", 10, 3))), RULES)
    moved = Problem(BOARD, (pad("A.1", 2, 3), pad("A.2", 10, 8)))
    again = route(moved, RULES, previous=old.routes)
    prove(moved, again, RULES)
    assert length(again.routes) < 11


def test_a_kept_track_makes_way_if_another_net_could_not_be_joined() -> None:
    problem = pocket()
    greedy = route(problem, RULES, skip_nets={"B"}).routes
    again = route(problem, RULES, previous=greedy)
    prove(problem, again, RULES)
    assert again.failures == ()
    assert again.kept == ()


def test_routes_survive_writing_and_reading(tmp_path: Path) -> None:
    routes = route(random_problem(2), RULES).routes
    path = tmp_path / "routes.txt"
    text.write(path, routes)
    assert text.read(path) == routes
    assert text.read(tmp_path / "none.txt") == Routes()
    assert text.to_text(routes).count("\n") == 3 + len(routes.tracks) + len(routes.vias)


@pytest.mark.parametrize("line", ["track A F 0.15 1,1", "track A X 0.15 1,1 2,2", "via A 1;1", "vias A 1,1"])
def test_a_malformed_line_is_named(line: str) -> None:
    with pytest.raises(InputError, match=r"routes.txt, line 2"):
        text.from_text(f"# heading\n{line}\n", "routes.txt")
