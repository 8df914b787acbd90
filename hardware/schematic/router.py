"""Wires on a grid: Manhattan paths around bodies, texts and other nets' pins, with few bends and few crossings.

The grid is that of `geometry`. A net is wired as a tree: its terminals are joined one after the other, each to the
nearest point of what is wired already.
"""

import heapq
from collections.abc import Iterable
from itertools import pairwise

from hardware.schematic.geometry import DOWN, LEFT, RIGHT, UP, Box, Point

BEND, CROSSING, CLOSE, TEXT = 4.0, 6.0, 0.6, 12.0  # costs, in steps of wire
_DIRECTIONS = (RIGHT, DOWN, LEFT, UP)

Edge = frozenset[Point]


class Router:
    """The wiring of one page. Wires of different nets may cross at right angles, never touch."""

    def __init__(self, area: Box) -> None:
        self._area = area
        self._bodies: set[Point] = set()
        self._near: set[Point] = set()
        self._texts: set[Point] = set()
        self._pins: dict[Point, str] = {}
        self._edges: dict[str, set[Edge]] = {}
        self._owners: dict[Point, set[str]] = {}

    def keep_out(self, body: Box) -> None:
        """No wire enters the body of a symbol."""
        self._bodies.update(body.grid_points())
        self._near.update(body.grown(1).grid_points())

    def avoid(self, text: Box) -> None:
        """Wires pass a text only if there is no other way."""
        self._texts.update(text.grid_points())

    def keep_out_points(self, points: Iterable[Point]) -> None:
        """No wire enters these points: the lines from pin ends to bodies."""
        self._bodies.update(points)

    def terminal(self, at: Point, net: str) -> None:
        """A pin's end: the net's wires may end here, no other net's may touch it."""
        self._pins[at] = net
        self._bodies.discard(at)

    def draw(self, net: str, corners: Iterable[Point]) -> None:
        """A wire given by its corners."""
        for start, end in pairwise(corners):
            step = Point(_sign(end.x - start.x), _sign(end.y - start.y))
            while start != end:
                start, before = start.plus(step), start
                self._add(net, before, start)

    def join(self, net: str, terminals: list[Point]) -> list[Point]:
        """Wire the terminals to one another; returns those that no way leads to."""
        unreached: list[Point] = []
        pieces = self._pieces(net, terminals)
        tree = pieces.pop(0)
        while pieces:
            targets = {point for piece in pieces for point in piece}
            path = self._path(net, tree, targets)
            if path is None:
                unreached += [t for piece in pieces for t in piece if t in terminals]
                break
            for before, after in pairwise(path):
                self._add(net, before, after)
            reached = next(piece for piece in pieces if path[-1] in piece)
            pieces.remove(reached)
            tree |= reached | set(path)
        return unreached

    def trim(self) -> None:
        """Remove the ends of drawn wires that lead nowhere, as where a rail went to a part that is gone."""
        for net, edges in self._edges.items():
            ends = {point for edge in edges for point in edge}
            while ends:
                point = ends.pop()
                arms = self._arms(net, point)
                if len(arms) == 1 and self._pins.get(point) != net:
                    after = point.plus(arms[0])
                    edges.discard(frozenset((point, after)))
                    ends.add(after)

    def wires(self) -> dict[str, list[tuple[Point, Point]]]:
        """Straight wires by net, broken at bends, branches and pins."""
        return {net: self._straight(net) for net in self._edges}

    def junctions(self) -> list[Point]:
        """Points where three or more wires and pins of a net meet."""
        found = set()
        for net, edges in self._edges.items():
            for point in {point for edge in edges for point in edge}:
                if len(self._arms(net, point)) + (self._pins.get(point) == net) > 2:
                    found.add(point)
        return sorted(found)

    def _pieces(self, net: str, terminals: list[Point]) -> list[set[Point]]:
        """What is connected already: each terminal, with the drawn wires at it."""
        pieces: list[set[Point]] = []
        for piece in [*(set(edge) for edge in sorted(self._edges.get(net, ()), key=sorted)), *({t} for t in terminals)]:
            touching = [other for other in pieces if other & piece]
            pieces = [other for other in pieces if not other & piece] + [piece.union(*touching)]
        return sorted(pieces, key=lambda piece: (-len(piece), min(piece)))

    def _add(self, net: str, before: Point, after: Point) -> None:
        self._edges.setdefault(net, set()).add(frozenset((before, after)))
        for point in (before, after):
            self._owners.setdefault(point, set()).add(net)

    def _arms(self, net: str, point: Point) -> list[Point]:
        edges = self._edges.get(net, set())
        return [d for d in _DIRECTIONS if frozenset((point, point.plus(d))) in edges]

    def _path(self, net: str, sources: set[Point], targets: set[Point]) -> list[Point] | None:
        """The cheapest way from any source to any target (A*)."""
        goal = list(targets)
        if len(goal) > 12:
            box = Box(min(p.x for p in goal), min(p.y for p in goal), max(p.x for p in goal), max(p.y for p in goal))
        else:
            box = None

        def remaining(p: Point) -> float:
            if box is not None:
                return max(box.left - p.x, 0, p.x - box.right) + max(box.top - p.y, 0, p.y - box.bottom)
            return min(abs(p.x - g.x) + abs(p.y - g.y) for g in goal)

        queue: list[tuple[float, float, Point, Point]] = []
        best: dict[tuple[Point, Point], float] = {}
        came: dict[tuple[Point, Point], tuple[Point, Point] | None] = {}
        for source in sorted(sources):
            if len(self._arms(net, source)) > 2 or self._crossed(net, source):
                continue  # four wires at a point are hard to read
            for direction in _DIRECTIONS:
                state = (source, direction)
                best[state], came[state] = 0.0, None
                heapq.heappush(queue, (remaining(source), 0.0, source, direction))
        while queue:
            _, cost, at, heading = heapq.heappop(queue)
            if cost > best[at, heading]:
                continue
            if at in targets and not self._crossed(net, at):
                return _walk_back(came, (at, heading))
            straight_on = self._crossed(net, at)
            for direction in _DIRECTIONS:
                if direction != heading and (straight_on or direction == heading.plus(heading, -2)):
                    continue
                after = at.plus(direction)
                step = self._step(net, after, direction)
                if step is None or (after in sources):
                    continue
                total = cost + step + (BEND if direction != heading else 0)
                state = (after, direction)
                if total < best.get(state, 1e9):
                    best[state], came[state] = total, (at, heading)
                    heapq.heappush(queue, (total + remaining(after), total, after, direction))
        return None

    def _crossed(self, net: str, point: Point) -> bool:
        return bool(self._owners.get(point, set()) - {net})

    def _step(self, net: str, to: Point, direction: Point) -> float | None:
        """Cost of a step to that point, None if it is forbidden."""
        area = self._area
        if not (area.left <= to.x <= area.right and area.top <= to.y <= area.bottom) or to in self._bodies:
            return None
        if self._pins.get(to, net) != net:
            return None
        cost = 1.0
        for other in self._owners.get(to, set()) - {net}:
            arms = self._arms(other, to)
            if len(arms) != 2 or arms[0] != arms[1].plus(arms[1], -2) or direction in arms:
                return None  # only straight across
            cost += CROSSING
        if to in self._texts:
            cost += TEXT
        if to in self._near:
            cost += CLOSE
        across = (Point(direction.y, direction.x), Point(-direction.y, -direction.x))
        if any(self._crossed(net, to.plus(side)) or self._pins.get(to.plus(side), net) != net for side in across):
            cost += CLOSE
        return cost

    def _straight(self, net: str) -> list[tuple[Point, Point]]:
        edges = self._edges[net]
        points = {point for edge in edges for point in edge}
        wires = []
        for start in sorted(points):
            for direction in (RIGHT, DOWN):
                if not self._breaks(net, start, direction) or direction not in self._arms(net, start):
                    continue
                end = start.plus(direction)
                while not self._breaks(net, end, direction):
                    end = end.plus(direction)
                wires.append((start, end))
        return wires

    def _breaks(self, net: str, point: Point, direction: Point) -> bool:
        """Whether a straight wire in that direction starts or ends at the point."""
        arms = self._arms(net, point)
        return self._pins.get(point) == net or len(arms) != 2 or direction not in arms or arms[0] != arms[1].plus(arms[1], -2)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _walk_back(came: dict[tuple[Point, Point], tuple[Point, Point] | None], state: tuple[Point, Point] | None) -> list[Point]:
    path = []
    while state is not None:
        path.append(state[0])
        state = came[state]
    return path[::-1]
