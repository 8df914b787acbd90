"""Routes of an earlier run, as far as they still fit: what did not change stays as it was."""

from collections.abc import Collection
from dataclasses import replace

import shapely

from hardware.layout.router.exact import Room, conflicts, room, track_shape, via_shape
from hardware.layout.router.model import BOTH, Copper, Layer, Problem, Routes, RoutingRules, Track, Via


def still_fitting(problem: Problem, rules: RoutingRules, previous: Routes, nets: Collection[str]) -> Routes:
    """Of the previous routes of the nets the tracks and vias that keep every distance, have a width of their net's rule,

    and lead somewhere: what is left hanging because a pad moved is dropped.
    """
    kept = Routes()
    for net in sorted(nets):
        rule, around = rules.of(net), room(problem, rules, net)
        old = previous.of_net(net)
        tracks = [t for t in old.tracks if t.width in (rule.width, rule.neck_width) and _track_fits(t, around)]
        vias = [v for v in old.vias if around.via_clear(v.point)]
        fitting = _without_loose_ends(problem, rules, net, Routes.of(tracks, vias))
        if not conflicts([kept, fitting], rules):
            kept += fitting
    return kept


def with_routes(problem: Problem, routes: Routes, rules: RoutingRules) -> Problem:
    """The problem with the routes as copper that is there already."""
    copper = [Copper(t.net, frozenset({t.layer}), track_shape(t), t.points) for t in routes.tracks]
    copper += [Copper(v.net, BOTH, via_shape(v, rules), (v.point,)) for v in routes.vias]
    holes = [shapely.Point(v.point).buffer(rules.via_drill / 2) for v in routes.vias]
    return replace(problem, copper=(*problem.copper, *copper), holes=(*problem.holes, *holes))


def _track_fits(track: Track, around: Room) -> bool:
    return around.clear(track.layer, track.points, track.width)


def _without_loose_ends(problem: Problem, rules: RoutingRules, net: str, routes: Routes) -> Routes:
    while True:
        fixed = [(layers, polygon) for owner, layers, polygon in problem.shapes() if owner == net]
        tracks = [t for t in routes.tracks if _both_ends_held(t, routes, fixed, rules)]
        on = [*fixed, *((frozenset({t.layer}), track_shape(t)) for t in tracks)]
        vias = [v for v in routes.vias if len(_layers_touched(v, on)) == len(Layer)]
        if len(tracks) == len(routes.tracks) and len(vias) == len(routes.vias):
            return routes
        routes = Routes.of(tracks, vias)


def _both_ends_held(
    track: Track, routes: Routes, fixed: list[tuple[frozenset[Layer], shapely.Polygon]], rules: RoutingRules
) -> bool:
    others = [
        *fixed,
        *((frozenset({t.layer}), track_shape(t)) for t in routes.tracks if t is not track),
        *((BOTH, via_shape(v, rules)) for v in routes.vias),
    ]
    return all(
        any(track.layer in layers and shape.intersects(shapely.Point(end)) for layers, shape in others)
        for end in (track.points[0], track.points[-1])
    )


def _layers_touched(via: Via, copper: list[tuple[frozenset[Layer], shapely.Polygon]]) -> frozenset[Layer]:
    touched: frozenset[Layer] = frozenset()
    for layers, shape in copper:
        if shape.intersects(shapely.Point(via.point)):
            touched |= layers
    return touched
