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


@dataclass(frozen=True)
class Path:
    """Cells one after the other, and what they cost. A step that keeps row and column is a via."""

    cells: tuple[int, ...]
    cost: float


def search(
    grid: Grid, ground: Terrain, rules: RoutingRules, starts: Mapping[int, AxisCosts], goals: Mapping[int, AxisCosts]
) -> Path | None:
    """The cheapest path; None if there is none. Bends are of 45 degrees only. Equal costs are decided by cell number."""
    plane, cells = grid.plane, 2 * grid.plane
    step = ground.step.ravel().tolist()
    via = ground.via.ravel().tolist()
    cheapest = max(min(1.0, float(ground.step.min(initial=1.0))), 0.1)
    rest = (octile_distance(grid, sorted(goals)).ravel() * cheapest).tolist()
    offsets = [dy * grid.columns + dx for dx, dy in STEPS]
    lengths = [math.hypot(dx, dy) for dx, dy in STEPS]
    bend = rules.bend_cost_mm / rules.grid
    moves = [
        [((d + turn) % 8, offsets[(d + turn) % 8], lengths[(d + turn) % 8], abs(turn) * bend) for turn in (0, 1, -1)]
        for d in range(8)
    ]
    moves.append([(d, offsets[d], lengths[d], 0.0) for d in range(8)])
    arrival = cells * _STATES  # states beyond it: the goal cell is reached, entering it is paid

    best: dict[int, float] = {}
    before: dict[int, int] = {}
    heap: list[tuple[float, int]] = []

    def reach(state: int, cost: float, estimate: float, origin: int) -> None:
        if cost < best.get(state, math.inf):
            best[state] = cost
            before[state] = origin
            heapq.heappush(heap, (cost + estimate, state))

    for cell in sorted(starts):
        if step[cell] == math.inf:
            continue
        origin = cell * _STATES + _ANY
        best[origin] = 0.0
        for direction, offset, length, _ in moves[_ANY]:
            onto = cell + offset
            if step[onto] < math.inf:
                cost = length * step[onto] + starts[cell][direction % 4]
                reach(onto * _STATES + direction, cost, rest[onto % plane], origin)
        if via[cell % plane] < math.inf and step[(cell + plane) % cells] < math.inf:
            reach((cell + plane) % cells * _STATES + _ANY, via[cell % plane], rest[cell % plane], origin)

    closed: set[int] = set()
    infinity = math.inf
    push = heapq.heappush
    while heap:
        _, state = heapq.heappop(heap)
        if state in closed:
            continue
        closed.add(state)
        if state >= arrival:
            return Path(_cells(before, state - arrival), best[state])
        cell, direction = divmod(state, _STATES)
        so_far = best[state]
        if cell in goals:
            entering = min(goals[cell]) if direction == _ANY else goals[cell][direction % 4]
            reach(state + arrival, so_far + entering, 0.0, before[state])
        for turned, offset, length, bending in moves[direction]:
            onto = cell + offset
            price = step[onto]
            if price < infinity:
                cost = so_far + length * price + bending
                following = onto * _STATES + turned
                if cost < best.get(following, infinity):
                    best[following] = cost
                    before[following] = state
                    push(heap, (cost + rest[onto % plane], following))
        if direction != _ANY:
            below = (cell + plane) % cells
            if via[cell % plane] < infinity and step[below] < infinity:
                reach(below * _STATES + _ANY, so_far + via[cell % plane], rest[cell % plane], state)
    return None


def _cells(before: dict[int, int], state: int) -> tuple[int, ...]:
    path = [state // _STATES]
    while state in before:
        state = before[state]
        path.append(state // _STATES)
    return tuple(reversed(path))
