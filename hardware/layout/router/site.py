"""One board being routed: the problem, its rules, and what was measured of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hardware.layout.router.exact import Room, room
from hardware.layout.router.grid import Field
from hardware.layout.router.joined import Anchor, Piece, pieces
from hardware.layout.router.lay import lay
from hardware.layout.router.model import Problem, Routes, RoutingRules
from hardware.layout.router.search import search
from hardware.layout.router.surroundings import Surroundings, measure, nearest, of_routes
from hardware.layout.router.terrain import Pressure, terrain

_HASTE = 1.5  # while nets still push each other about; the last word is exact


@dataclass(frozen=True)
class Site:
    """`hopeless` remembers, by net, pieces from which nothing else can be reached, so that nobody looks again."""

    problem: Problem
    rules: RoutingRules
    around: Surroundings
    foreign: dict[str, Field] = field(default_factory=dict)
    hopeless: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)

    def field(self, routes: Routes) -> Field:
        return of_routes(self.around, routes, self.rules)

    def pieces(self, net: str, routes: Routes) -> list[Piece]:
        return pieces(self.problem, self.rules, self.around.grid, net, routes)

    def room(self, net: str, others: Iterable[Routes]) -> Room:
        return room(self.problem, self.rules, net, others)


def site(problem: Problem, rules: RoutingRules) -> Site:
    return Site(problem, rules, measure(problem, rules))


def join(here: Site, net: str, others: Iterable[Field], pressure: Pressure | None, room: Room | None) -> Routes:
    """Join the pieces of a net one by one, each time by the cheapest track from what is joined to any other piece.

    `others` are the distances to the tracks of other nets, which are obstacles, or merely costly under pressure.
    Pieces that cannot be reached stay apart.
    """
    if net not in here.foreign:
        here.foreign[net] = here.around.foreign(net)
    in_the_way = nearest(list(others), here.around.empty(2))
    routes = Routes()
    stuck: set[tuple[str, ...]] = set()
    while True:
        apart = here.pieces(net, routes)
        first = next((piece for piece in apart if piece.pads not in stuck and (net, piece.pads) not in here.hopeless), None)
        rest = [piece for piece in apart if piece is not first]
        if first is None or not rest:
            return routes
        ground = terrain(net, here.around, here.foreign[net], in_the_way, routes, here.rules, pressure)
        goals: dict[int, Anchor] = {cell: anchor for piece in rest for cell, anchor in piece.anchors.items()}
        path = search(
            here.around.grid,
            ground,
            here.rules,
            {cell: anchor.costs for cell, anchor in first.anchors.items()},
            {cell: anchor.costs for cell, anchor in goals.items()},
            haste=_HASTE if pressure else 1.0,
        )
        if path is None:
            stuck.add(first.pads)
            if pressure:
                here.hopeless.add((net, first.pads))
            continue
        ends = first.anchors[path.cells[0]], goals[path.cells[-1]]
        routes += lay(net, here.rules.of(net), here.around.grid, ground, path.cells, ends, room)
