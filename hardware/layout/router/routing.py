"""The router itself: a problem in, routes and what could not be joined out."""

from collections.abc import Collection

from hardware.layout.router.exact import conflicts
from hardware.layout.router.islands import cheapest_bridge
from hardware.layout.router.model import Failure, Problem, Routes, Routing, RoutingRules
from hardware.layout.router.negotiate import by_length, negotiate, polish
from hardware.layout.router.reuse import still_fitting, with_routes
from hardware.layout.router.site import Site, join, site
from hardware.layout.router.terrain import Pressure

_DISPLACING_PRICE = 5.0  # of a cell of a routed track that a net or bridge which else fails would take, in cells
_MOST_BRIDGES = 12


def route(
    problem: Problem,
    rules: RoutingRules,
    *,
    skip_nets: Collection[str] = frozenset(),
    plane_nets: Collection[str] = frozenset(),
    previous: Routes | None = None,
) -> Routing:
    """Join every net that is not to be skipped. The same problem and previous routes always give the same routes.

    Plane nets are joined by their pours; where tracks would cut these into pieces, a bridge is laid first and the
    tracks go round it. Previous routes that still fit are kept; of these only what stands in the way of a net that
    else could not be joined is routed anew.
    """
    bare = site(problem, rules)
    left_out = {*skip_nets, *plane_nets}
    nets = [net for net in problem.nets() if net not in left_out and len(bare.pieces(net, Routes())) > 1]
    previously = still_fitting(problem, rules, previous or Routes(), nets)
    routes, failed = _displacing(bare, nets, previously)
    bridges = Routes()
    for _ in range(_MOST_BRIDGES):
        bridge = _next_bridge(bare, plane_nets, bridges, routes)
        if bridge is None:
            break
        in_the_way = {net for pair in conflicts([bridge, routes], rules) for net in pair}
        bridged = site(with_routes(problem, bridges + bridge, rules), rules)
        attempt, failed_now = _displacing(bridged, nets, _without(routes, in_the_way))
        if len(failed_now) > len(failed):
            break
        bridges, routes, failed = bridges + bridge, attempt, failed_now
    unchanged = [net for net in nets if previously.of_net(net) != Routes() and routes.of_net(net) == previously.of_net(net)]
    return Routing(bridges + routes, failed, tuple(unchanged))


def _next_bridge(bare: Site, plane_nets: Collection[str], bridges: Routes, routes: Routes) -> Routes | None:
    for net in sorted(plane_nets):
        bridge = cheapest_bridge(bare, net, bridges.of_net(net), routes, _DISPLACING_PRICE)
        if bridge:
            return bridge
    return None


def _displacing(here: Site, nets: list[str], kept: Routes) -> tuple[Routes, tuple[Failure, ...]]:
    """Kept routes and what completes them; kept routes in the way of a net that fails are given up."""
    while True:
        routes, failed = _complete(here.problem, here.rules, nets, kept)
        displaced = _in_the_way(here, kept, [failure.net for failure in failed])
        if not displaced:
            return routes, failed
        kept = _without(kept, displaced)


def _without(routes: Routes, nets: set[str]) -> Routes:
    return Routes.of([t for t in routes.tracks if t.net not in nets], [v for v in routes.vias if v.net not in nets])


def _complete(problem: Problem, rules: RoutingRules, nets: list[str], kept: Routes) -> tuple[Routes, tuple[Failure, ...]]:
    """Kept routes as they are, and what they leave open."""
    here = site(with_routes(problem, kept, rules), rules)
    open_nets = [net for net in nets if len(here.pieces(net, Routes())) > 1]
    order = by_length(problem.nets(), open_nets)
    added = polish(here, order, negotiate(here, order))
    legal = still_fitting(here.problem, rules, sum(added.values(), Routes()), order)
    return kept + legal, _failures(here, {net: legal.of_net(net) for net in order})


def _in_the_way(bare: Site, kept: Routes, failed: list[str]) -> set[str]:
    """Nets whose kept routes the failed nets would cross if they had to pay for it only."""
    owners = sorted({track.net for track in kept.tracks})
    displaced: set[str] = set()
    no_history = bare.around.empty(2)
    no_history[:] = 0
    for net in failed if owners else ():
        others = [kept.of_net(owner) for owner in owners if owner != net]
        wish = join(bare, net, [bare.field(other) for other in others], Pressure(_DISPLACING_PRICE, no_history), None)
        displaced |= {owner for pair in conflicts([wish, *others], bare.rules) for owner in pair if net in pair} - {net}
        if kept.of_net(net) != Routes():
            displaced.add(net)
    return displaced


def _failures(here: Site, routes: dict[str, Routes]) -> tuple[Failure, ...]:
    """Of each net that is still in pieces the pads outside of its largest piece."""
    found = []
    for net in sorted(routes):
        apart = here.pieces(net, routes[net])
        largest = max(apart, key=lambda piece: len(piece.pads))
        left = tuple(pad for piece in apart if piece is not largest for pad in piece.pads)
        if left:
            found.append(Failure(net, left))
    return tuple(found)
