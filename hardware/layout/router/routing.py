"""The router itself: a problem in, routes and what could not be joined out."""

from collections.abc import Collection

from hardware.layout.router.exact import conflicts
from hardware.layout.router.model import Failure, Problem, Routes, Routing, RoutingRules
from hardware.layout.router.negotiate import by_length, negotiate, polish
from hardware.layout.router.reuse import still_fitting, with_routes
from hardware.layout.router.site import Site, join, site
from hardware.layout.router.terrain import Pressure

_DISPLACING_PRICE = 5.0  # of a cell of a kept track that a net which else fails would take, in cells


def route(
    problem: Problem, rules: RoutingRules, *, skip_nets: Collection[str] = frozenset(), previous: Routes | None = None
) -> Routing:
    """Join every net that is not to be skipped. The same problem and previous routes always give the same routes.

    Previous routes that still fit are kept; of these only what stands in the way of a net that else could not be
    joined is routed anew.
    """
    bare = site(problem, rules)
    nets = [net for net in problem.nets() if net not in skip_nets and len(bare.pieces(net, Routes())) > 1]
    kept = still_fitting(problem, rules, previous or Routes(), nets)
    while True:
        routes, failed = _complete(problem, rules, nets, kept)
        displaced = _in_the_way(bare, kept, [failure.net for failure in failed])
        if not displaced:
            break
        kept = Routes.of([t for t in kept.tracks if t.net not in displaced], [v for v in kept.vias if v.net not in displaced])
    unchanged = [net for net in nets if kept.of_net(net) != Routes() and routes.of_net(net) == kept.of_net(net)]
    return Routing(routes, failed, tuple(unchanged))


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
