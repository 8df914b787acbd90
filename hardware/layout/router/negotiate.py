"""Rip-up and retry: nets may overlap at first, at a price that rises until each has found its own way.

After PathFinder (McMurchie and Ebeling, FPGA 1995): what overlaps costs more each round (`present`), and cells
that were fought over stay dear (`history`), so that the net with another way takes it.
"""

import math
from collections.abc import Iterable

import numpy as np

from hardware.layout.router.exact import conflicts
from hardware.layout.router.grid import Field
from hardware.layout.router.model import Pad, Routes, RoutingRules
from hardware.layout.router.site import Site, join
from hardware.layout.router.terrain import Pressure

_ROUNDS = 30
_FIRST_PRICE = 1.0  # of an overlapping cell, in cells of track
_PRICE_GROWTH = 1.6
_HIGHEST_PRICE = 60.0
_HISTORY = 0.5  # added to a fought-over cell each round
_POLISHING_ROUNDS = 2


def by_length(problem_nets: dict[str, list[Pad]], nets: Iterable[str]) -> list[str]:
    """Short nets first: they have the fewest ways to go. Length is that of the box around the pads."""

    def length(net: str) -> float:
        points = np.array([pad.point for pad in problem_nets[net]])
        return round(float(np.ptp(points, axis=0).sum()), 6)

    return sorted(nets, key=lambda net: (length(net), net))


def negotiate(here: Site, order: list[str]) -> dict[str, Routes]:
    """Routes of all nets without conflict. A net that could not be fitted in is left out or in pieces."""
    routes = {net: Routes() for net in order}
    fields: dict[str, Field] = {net: here.around.empty(2) for net in order}
    history = here.around.empty(2)
    history[:] = 0
    fought_over = here.rules.clearance + here.rules.via_diameter / 2  # as far as the centre of what is too close
    waiting = list(order)
    price = _FIRST_PRICE
    for number in range(_ROUNDS):
        for net in waiting:
            if number and not any(net in pair for pair in conflicts(routes.values(), here.rules)):
                continue  # the others have made way already
            others = [fields[other] for other in order if other != net]
            routes[net] = join(here, net, others, Pressure(price, history), None)
            fields[net] = here.field(routes[net])
        clashing = conflicts(routes.values(), here.rules)
        if not clashing:
            break
        for one, other in sorted(clashing):
            history += _HISTORY * ((fields[one] <= fought_over) & (fields[other] <= fought_over))
        waiting = [net for net in order if any(net in pair for pair in clashing)]
        price = min(price * _PRICE_GROWTH, _HIGHEST_PRICE)
    return _without_conflicts(routes, here.rules)


def polish(here: Site, order: list[str], routes: dict[str, Routes]) -> dict[str, Routes]:
    """Route each net once more among the others as they are: no detour remains from what is not there any more.

    Tracks now go exactly onto pads off the grid, and nets that were left out get a chance.
    """
    routes = dict(routes)
    fields = {net: here.field(of_net) for net, of_net in routes.items()}
    for _ in range(_POLISHING_ROUNDS):
        before = dict(routes)
        for net in order:
            others = [other for other in order if other != net]
            room = here.room(net, [routes[other] for other in others])
            better = join(here, net, [fields[other] for other in others], None, room)
            pieces_now, pieces_then = len(here.pieces(net, better)), len(here.pieces(net, routes[net]))
            legal = not conflicts([better, *(routes[other] for other in others)], here.rules)
            if legal and pieces_now <= pieces_then:
                routes[net] = better
                fields[net] = here.field(better)
        if routes == before:
            break
    return routes


def _without_conflicts(routes: dict[str, Routes], rules: RoutingRules) -> dict[str, Routes]:
    """Leave out the net with the most conflicts (of equals the longer one) until there are none."""
    kept = dict(routes)
    while clashing := conflicts(kept.values(), rules):
        troubles = {net: sum(net in pair for pair in clashing) for net in kept}
        worst = max(kept, key=lambda net: (troubles[net], _length(kept[net]), net))
        kept[worst] = Routes()
    return kept


def _length(routes: Routes) -> float:
    return sum(math.dist(a, b) for t in routes.tracks for a, b in zip(t.points, t.points[1:], strict=False))
