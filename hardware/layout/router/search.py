"""A* over cells and directions: the cheapest 45/90 degree path from one set of cells to another."""

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass

from hardware.layout.router.grid import STEPS, Grid, octile_distance
from hardware.layout.router.model import RoutingRules
from hardware.layout.router.terrain import Terrain

# Cost, in cells, of leaving or entering a cell along each of the four axes (direction modulo 4).
AxisCosts = tuple[float, float, float, float]

_ANY = 8  # the direction of a path that has just come through a via
_STATES = 9  # directions and _ANY
_DETOUR_BENDS = 1.5  # a way onto a cell that costs that much more than the cheapest is followed only if nothing else is


@dataclass(frozen=True)
class Path:
    """Cells one after the other, and what they cost. A step that keeps row and column is a via."""

    cells: tuple[int, ...]
    cost: float


def search(
    grid: Grid,
    ground: Terrain,
    rules: RoutingRules,
    starts: Mapping[int, AxisCosts],
    goals: Mapping[int, AxisCosts],
    *,
    haste: float = 1.0,
) -> Path | None:
    """The cheapest path; None if there is none. Bends are of 45 degrees only. Equal costs are decided by cell number.

    With haste above 1 it is found sooner, and may cost more than the cheapest by that factor.
    """
    detour = _DETOUR_BENDS * rules.bend_cost_mm / rules.grid
    return _search(grid, ground, rules, starts, goals, haste, detour) or _search(
        grid, ground, rules, starts, goals, haste, math.inf
    )


def _search(
    grid: Grid,
    ground: Terrain,
    rules: RoutingRules,
    starts: Mapping[int, AxisCosts],
    goals: Mapping[int, AxisCosts],
    haste: float,
    detour: float,
) -> Path | None:
    plane, cells = grid.plane, 2 * grid.plane
    step = ground.step.ravel().tolist()
    via = ground.via.ravel().tolist()
    cheapest = max(min(1.0, float(ground.step.min(initial=1.0))), 0.1)
    rest = (octile_distance(grid, sorted(goals)).ravel() * (cheapest * haste)).tolist()
    offsets = [dy * grid.columns + dx for dx, dy in STEPS]
    lengths = [math.hypot(dx, dy) for dx, dy in STEPS]
    bend = rules.bend_cost_mm / rules.grid
    moves = [
        [((d + turn) % 8, offsets[(d + turn) % 8], lengths[(d + turn) % 8], abs(turn) * bend) for turn in (0, 1, -1)]
        for d in range(8)
    ]
    moves.append([(d, offsets[d], lengths[d], 0.0) for d in range(8)])
    arrival = cells * _STATES  # states beyond it: the goal cell is reached, entering it is paid
    infinity = math.inf

    best: dict[int, float] = {}
    before: dict[int, int] = {}
    lowest = [infinity] * cells  # what the cheapest way onto a cell costs, plus the most that another one may cost
    heap: list[tuple[float, int]] = []
    push, pop = heapq.heappush, heapq.heappop

    def reach(state: int, cost: float, estimate: float, origin: int) -> None:
        if cost < best.get(state, infinity):
            best[state] = cost
            before[state] = origin
            push(heap, (cost + estimate, state))

    for cell in sorted(starts):
        if step[cell] == infinity:
            continue
        origin = cell * _STATES + _ANY
        best[origin] = 0.0
        lowest[cell] = detour
        for direction, offset, length, _ in moves[_ANY]:
            onto = cell + offset
            if step[onto] < infinity:
                cost = length * step[onto] + starts[cell][direction % 4]
                reach(onto * _STATES + direction, cost, rest[onto % plane], origin)
        if via[cell % plane] < infinity and step[(cell + plane) % cells] < infinity:
            reach((cell + plane) % cells * _STATES + _ANY, via[cell % plane], rest[cell % plane], origin)

    closed: set[int] = set()
    while heap:
        _, state = pop(heap)
        if state in closed:
            continue
        closed.add(state)
        if state >= arrival:
            return Path(_cells(before, state - arrival), best[state])
        cell, direction = divmod(state, _STATES)
        so_far = best[state]
        if so_far > lowest[cell]:
            continue
        if so_far + detour < lowest[cell]:
            lowest[cell] = so_far + detour
        if cell in goals:
            entering = min(goals[cell]) if direction == _ANY else goals[cell][direction % 4]
            reach(state + arrival, so_far + entering, 0.0, before[state])
        for turned, offset, length, bending in moves[direction]:
            onto = cell + offset
            cost = so_far + length * step[onto] + bending
            if cost < lowest[onto]:
                following = onto * _STATES + turned
                if cost < best.get(following, infinity):
                    best[following] = cost
                    before[following] = state
                    push(heap, (cost + rest[onto % plane], following))
        if direction != _ANY:
            price = via[cell % plane]
            below = (cell + plane) % cells
            if price < infinity and so_far + price < lowest[below] and step[below] < infinity:
                reach(below * _STATES + _ANY, so_far + price, rest[cell % plane], state)
    return None


def _cells(before: dict[int, int], state: int) -> tuple[int, ...]:
    path = [state // _STATES]
    while state in before:
        state = before[state]
        path.append(state // _STATES)
    return tuple(reversed(path))
