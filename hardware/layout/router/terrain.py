"""What a step onto each cell costs one net: where it cannot go, should not go, or disturbs other nets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware.layout.router import grid as grids
from hardware.layout.router.grid import Field
from hardware.layout.router.model import Layer, Routes, RoutingRules
from hardware.layout.router.surroundings import Surroundings, sampled

_NARROW_COST = 1.5  # of a millimetre at neck width, so that a track becomes narrow only where it must
_GRAZING = 0.09  # mm: a track that passes its own net's pad so that their sides meet within that, makes a sliver of copper
_GRAZING_COST = 3.0
_SLIM_REACH = 0.1  # mm around a pad slimmer than the track: the track is narrow up to there
_SLACK = 1e-4  # mm, for float32


@dataclass(frozen=True)
class Terrain:
    """Costs in cells of track. `step` has inf where a track cannot go, `via` has inf where no via fits."""

    step: NDArray[np.float32]  # [layer, row, column]
    via: NDArray[np.float32]  # [row, column]
    narrow: NDArray[np.bool_]  # [layer, row, column]: passable at neck width only


@dataclass(frozen=True)
class Pressure:
    """What standing in the way of other nets costs while nets still overlap: `present` x (1 + `history`) a cell."""

    present: float
    history: Field


def terrain(
    net: str, around: Surroundings, foreign: Field, others: Field, own: Routes, rules: RoutingRules, pressure: Pressure | None
) -> Terrain:
    """Terrain of a net: `foreign` is the distance to what is fixed, `others` to the tracks of the other nets.

    Without pressure, the other nets' tracks are as hard as pads. `own` are the net's own tracks so far.
    """
    rule = rules.of(net)
    fixed = foreign if pressure else np.minimum(foreign, others)
    wide = _passable(around, fixed, rule.width, rules)
    passable, narrow = wide, np.zeros_like(wide)
    if rule.neck_width < rule.width and net in around.pads:
        if net in around.slim:
            wide &= around.slim[net] > _SLIM_REACH
        reachable = (around.pads[net] <= rules.neck_reach) & _passable(around, fixed, rule.neck_width, rules)
        narrow = reachable & ~wide
        passable = wide | reachable

    need = np.where(narrow, _needed(rule.neck_width, rules), _needed(rule.width, rules)).astype(np.float32)
    spare = np.minimum(foreign, others) - need
    cost = 1 + rules.ease_cost * np.clip(1 - spare / rules.ease, 0, 1)
    cost[Layer.F] *= rule.front_cost
    cost[Layer.B] *= rule.back_cost
    cost[narrow] *= _NARROW_COST
    if net in around.pads:
        cost[np.abs(around.pads[net] - np.where(narrow, rule.neck_width, rule.width) / 2) < _GRAZING] *= _GRAZING_COST
    if pressure:
        cost += np.where(others < need - _SLACK, pressure.present * (1 + pressure.history), 0)
    cost[~passable] = np.inf
    return Terrain(cost, _via_cost(net, around, fixed, others, own, rules, pressure), narrow)


def _needed(width: float, rules: RoutingRules) -> float:
    return sampled(rules.clearance + width / 2, rules.grid)


def _passable(around: Surroundings, fixed: Field, width: float, rules: RoutingRules) -> NDArray[np.bool_]:
    clear = fixed >= _needed(width, rules) - _SLACK
    clear &= around.edge >= sampled(rules.copper_to_edge + width / 2, rules.grid) - _SLACK
    clear &= around.no_tracks >= sampled(width / 2, rules.grid) - _SLACK
    return clear


def _via_cost(
    net: str, around: Surroundings, fixed: Field, others: Field, own: Routes, rules: RoutingRules, pressure: Pressure | None
) -> NDArray[np.float32]:
    radius = rules.via_diameter / 2
    fits = fixed.min(axis=0) >= rules.clearance + radius + _SLACK
    fits &= around.edge >= rules.copper_to_edge + radius + _SLACK
    fits &= around.no_vias >= radius + _SLACK
    fits &= around.holes >= rules.hole_to_hole + rules.via_drill / 2 + _SLACK
    if net in around.pads:
        fits &= around.pads[net].min(axis=0) >= radius + rules.via_to_own_pad + _SLACK
    if own.vias:
        spacing = around.empty(1)
        for via in own.vias:
            grids.lower_to_track(around.grid, spacing, via.point, via.point, rules.via_drill, around.reach)
        fits &= spacing >= rules.hole_to_hole + rules.via_drill / 2 + _SLACK
    cost = np.where(fits, np.float32(rules.of(net).via_cost_mm / rules.grid), np.float32(np.inf))
    if pressure:
        crowded = others < rules.clearance + radius + _SLACK
        cost += (crowded * (pressure.present * (1 + pressure.history)) * radius / rules.grid).sum(axis=0)
    return cost.astype(np.float32)
