"""Geometry of a leg (a track on one layer): ends moved off the grid at 45/90 degrees, jogs taken out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hardware.layout.router.exact import Room
from hardware.layout.router.model import Layer, Point

_TINY = 1e-6
_JOG = 0.6  # mm; a shorter piece between two parallel ones is a jog


@dataclass(frozen=True)
class Leg:
    """Corners of a track on one layer, and the width of each piece between them."""

    points: tuple[Point, ...]
    widths: tuple[float, ...]

    def pieces(self) -> Iterator[tuple[Point, Point, float]]:
        return ((a, b, width) for (a, b), width in zip(pairwise(self.points), self.widths, strict=True))

    def turned(self) -> "Leg":
        """From its end to its beginning."""
        return Leg(self.points[::-1], self.widths[::-1])

    def merged(self) -> "Leg":
        """Without pieces of no length, and with one piece for two of equal width in one line."""
        points = [self.points[0]]
        widths: list[float] = []
        for start, end, width in self.pieces():
            if _same(start, end):
                continue
            if widths and widths[-1] == width and _direction(points[-2], points[-1]) == _direction(points[-1], end):
                points[-1] = end
            else:
                points.append(end)
                widths.append(width)
        return Leg(tuple(points), tuple(widths)) if widths else Leg(self.points[:1] * 2, self.widths[:1])


def aligned(leg: Leg, start: Point, end: Point) -> Iterator[Leg]:
    """Ways to draw the leg from start to end exactly, with no piece at another angle than before; best first."""
    if _same(leg.points[0], start) and _same(leg.points[-1], end):
        yield leg.merged()
        return
    if len(leg.widths) > 1:
        moved = _through(leg, start, end)
        if moved:
            yield moved
    else:
        yield from _jogged(leg, start, end)
    for one, other in ((start, leg.points[-1]), (leg.points[0], end)):
        if len(leg.widths) > 1 and (moved := _through(leg, one, other)):
            yield hooked(moved, start, end)


def hooked(leg: Leg, start: Point, end: Point, *, width: float | None = None) -> Leg:
    """The leg as it is, with 45/90 degree pieces (of that width) from start to its beginning and from its finish to end."""
    head = [start, _elbow(start, leg.points[0])]
    tail = [_elbow(end, leg.points[-1]), end]
    return Leg(
        (*head, *leg.points, *tail),
        (*[width or leg.widths[0]] * 2, *leg.widths, *[width or leg.widths[-1]] * 2),
    ).merged()


def straightened(leg: Leg, layer: Layer, room: Room) -> Leg:
    """Without jogs, where there is room for the straight track."""
    changed = True
    while changed:
        changed = False
        for i in range(1, len(leg.widths) - 1):
            for candidate in _without_jog(leg, i):
                if all(room.clear(layer, (a, b), width) for a, b, width in candidate.pieces()):
                    leg, changed = candidate, True
                    break
            if changed:
                break
    return leg


def _without_jog(leg: Leg, i: int) -> Iterator[Leg]:
    """Piece i taken out, by moving the piece before it into line with the one after it, or the reverse."""
    a, b, c, d = leg.points[i - 1 : i + 3]
    if max(abs(c[0] - b[0]), abs(c[1] - b[1])) > _JOG or _direction(a, b) != _direction(c, d):
        return
    if i >= 2:
        meeting = _meet(leg.points[i - 2], a, d, c)
        if meeting and _keeps(leg.points[i - 2], a, meeting) and _keeps(a, b, d, meeting):
            yield _replaced(leg, i - 2, (leg.points[i - 2], meeting, d), (leg.widths[i - 2], leg.widths[i + 1]))
    if i + 3 < len(leg.points):
        meeting = _meet(leg.points[i + 3], d, a, b)
        if meeting and _keeps(leg.points[i + 3], d, meeting) and _keeps(d, c, a, meeting):
            yield _replaced(leg, i - 1, (a, meeting, leg.points[i + 3]), (leg.widths[i - 1], leg.widths[i + 2]))


def _keeps(a: Point, b: Point, c: Point, d: Point | None = None) -> bool:
    """Whether the way still goes on in the direction a to b: from a to c, or from d to c if d is given."""
    begin = a if d is None else d
    return _same(begin, c) or _direction(begin, c) == _direction(a, b)


def _replaced(leg: Leg, first: int, points: tuple[Point, ...], widths: tuple[float, ...]) -> Leg:
    """Four pieces from corner `first` on replaced by two."""
    return Leg(
        leg.points[:first] + points + leg.points[first + 5 :],
        leg.widths[:first] + widths + leg.widths[first + 4 :],
    ).merged()


def _through(leg: Leg, start: Point, end: Point) -> Leg | None:
    """First and last piece shifted sideways onto start and end; None if a piece would turn round."""
    lines = [(a, b) for a, b in pairwise(leg.points)]
    lines[0] = (start, _shifted(start, *lines[0]))
    lines[-1] = (end, _shifted(end, *lines[-1]))
    corners = [start]
    for (a, b), (c, d) in pairwise(lines):
        corner = _meet(a, b, c, d)
        if corner is None:
            return None
        corners.append(corner)
    corners.append(end)
    for (a, b), (c, d) in zip(pairwise(leg.points), pairwise(corners), strict=True):
        if not _same(c, d) and _direction(a, b) != _direction(c, d):
            return None
    return Leg(tuple(corners), leg.widths).merged()


def _jogged(leg: Leg, start: Point, end: Point) -> Iterator[Leg]:
    """A straight leg between ends that are not quite in line: the step at 45 degrees goes into either end's pad."""
    dx, dy = _direction(*leg.points[:2])
    width = leg.widths[0]
    if (dx, dy) == (0, 0):
        yield hooked(Leg((start, start), leg.widths), start, end)
        return
    along = ((end[0] - start[0]) * dx + (end[1] - start[1]) * dy) / (dx * dx + dy * dy)
    aside = (end[0] - start[0] - along * dx, end[1] - start[1] - along * dy)
    if abs(aside[0]) < _TINY and abs(aside[1]) < _TINY:
        yield Leg((start, end), leg.widths)
        return
    step = max(abs(aside[0]), abs(aside[1]))
    if dx and dy:  # a diagonal leg: the step is straight, along the axis on which it turns by 45 degrees
        step = 2 * step
        early = (round(start[0] + (step if aside[0] * dx > 0 else 0) * dx, 6), 0.0)
        early = (early[0], round(start[1] + (step if aside[1] * dy > 0 else 0) * dy, 6))
    else:
        early = (round(start[0] + aside[0] + step * dx, 6), round(start[1] + aside[1] + step * dy, 6))
    late = (round(end[0] - (early[0] - start[0]), 6), round(end[1] - (early[1] - start[1]), 6))
    if _direction(early, end) == (dx, dy):
        yield Leg((start, early, end), (width, width))
        yield Leg((start, late, end), (width, width))


def _elbow(start: Point, end: Point) -> Point:
    """Where a diagonal piece from start goes over into a straight one to end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    diagonal = min(abs(dx), abs(dy))
    return round(start[0] + (diagonal if dx > 0 else -diagonal), 6), round(start[1] + (diagonal if dy > 0 else -diagonal), 6)


def _shifted(start: Point, a: Point, b: Point) -> Point:
    return start[0] + b[0] - a[0], start[1] + b[1] - a[1]


def _meet(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where the lines ab and cd cross; None if they are parallel."""
    across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
    if abs(across) < 1e-9:
        return None
    along = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
    return round(a[0] + along * (b[0] - a[0]), 6), round(a[1] + along * (b[1] - a[1]), 6)


def _same(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < _TINY and abs(a[1] - b[1]) < _TINY


def _direction(a: Point, b: Point) -> tuple[int, int]:
    """The one of the eight directions that leads from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    larger = max(abs(dx), abs(dy))
    return (0, 0) if larger < _TINY else (round(dx / larger), round(dy / larger))
