"""Which pads of a net its copper joins already, and where a track may join each piece."""

import math
from dataclasses import dataclass

import shapely

from hardware.layout.router.exact import track_shape, via_shape
from hardware.layout.router.grid import Grid
from hardware.layout.router.model import BOTH, Layer, Pad, Point, Problem, Routes, RoutingRules
from hardware.layout.router.search import AxisCosts

FREE: AxisCosts = (0.0, 0.0, 0.0, 0.0)
_ACROSS = 3.0  # cells: leaving a pad diagonally
_SIDEWAYS = 1.0  # leaving a long pad through its long side
_LONG = 1.3  # a pad is long if its sides are in that ratio or more
_SLANT = 3.0  # joining a track at 45 degrees, not square
_ALONG = 60.0  # joining a track in its own direction: two tracks in one place

Segment = tuple[Point, Point]


@dataclass(frozen=True)
class Anchor:
    """A cell at which a track may begin or end, on its way to `point` exactly or to any point of `segment`."""

    costs: AxisCosts
    point: Point | None = None
    segment: Segment | None = None


@dataclass(frozen=True)
class Piece:
    """Pads and copper of one net that hang together."""

    pads: tuple[str, ...]
    anchors: dict[int, Anchor]


@dataclass(frozen=True)
class _Item:
    layers: frozenset[Layer]
    shape: shapely.Polygon
    pad: Pad | None
    spine: tuple[Point, ...]


def pieces(problem: Problem, rules: RoutingRules, grid: Grid, net: str, routes: Routes) -> list[Piece]:
    """The pieces of a net that hold a pad, in the order of the problem's pads. One piece: the net is joined."""
    items = [_Item(pad.layers, pad.polygon, pad, ()) for pad in problem.pads if pad.net == net]
    items += [_Item(piece.layers, piece.polygon, None, piece.spine) for piece in problem.copper if piece.net == net]
    items += [_Item(frozenset({track.layer}), track_shape(track), None, track.points) for track in routes.tracks]
    items += [_Item(BOTH, via_shape(via, rules), None, (via.point,)) for via in routes.vias]
    groups: dict[int, list[_Item]] = {}
    for item, group in zip(items, _groups(items), strict=True):
        groups.setdefault(group, []).append(item)
    return [
        Piece(tuple(item.pad.name for item in group if item.pad), _anchors(grid, group))
        for group in groups.values()
        if any(item.pad for item in group)
    ]


def _groups(items: list[_Item]) -> list[int]:
    """For each item the number of the first item that it is joined to."""
    parent = list(range(len(items)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    shapes = [item.shape for item in items]
    if shapes:
        first, second = shapely.STRtree(shapes).query([_core(item) for item in items], "intersects")
        for i, j in sorted(zip(first.tolist(), second.tolist(), strict=True)):
            if items[i].layers & items[j].layers and (items[i].spine or not items[j].spine):
                low, high = sorted((root(i), root(j)))
                parent[high] = low
    return [root(i) for i in range(len(items))]


def _core(item: _Item) -> shapely.Geometry:
    """What has to lie on other copper to be joined to it: a track's centre line, not merely its side; of a pad all of it."""
    if len(item.spine) > 1:
        return shapely.LineString(item.spine)
    return shapely.Point(item.spine[0]) if item.spine else item.shape


def _anchors(grid: Grid, group: list[_Item]) -> dict[int, Anchor]:
    """Pads last, so that a cell on a pad leads to the pad's centre."""
    anchors: dict[int, Anchor] = {}
    for item in sorted(group, key=lambda item: (item.pad is not None, len(item.spine) == 1)):
        for layer in sorted(item.layers):
            base = layer * grid.plane
            if item.pad:
                anchors[base + grid.nearest(item.pad.point)] = Anchor(_pad_costs(item.pad), point=item.pad.point)
            elif len(item.spine) == 1:
                anchors[base + grid.nearest(item.spine[0])] = Anchor(FREE, point=item.spine[0])
            for start, end in zip(item.spine, item.spine[1:], strict=False):
                for cell in _cells_along(grid, start, end):
                    anchors[base + cell] = Anchor(_track_costs(start, end), segment=(start, end))
            for end in item.spine[:1] + item.spine[-1:] if len(item.spine) > 1 else ():
                anchors[base + grid.nearest(end)] = Anchor(FREE, point=end)
    return anchors


def _cells_along(grid: Grid, start: Point, end: Point) -> list[int]:
    steps = max(round(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / grid.pitch), 1)
    return [
        grid.nearest((start[0] + (end[0] - start[0]) * i / steps, start[1] + (end[1] - start[1]) * i / steps))
        for i in range(steps + 1)
    ]


def _pad_costs(pad: Pad) -> AxisCosts:
    box = shapely.minimum_rotated_rectangle(pad.polygon)
    (ax, ay), (bx, by), (cx, cy) = list(box.exterior.coords)[:3]
    one, other = math.hypot(bx - ax, by - ay), math.hypot(cx - bx, cy - by)
    along = _axis(bx - ax, by - ay) if one >= other else _axis(cx - bx, cy - by)
    sideways = _SIDEWAYS if max(one, other) >= _LONG * min(one, other) else 0.0
    costs = [_ACROSS] * 4
    costs[along], costs[(along + 2) % 4] = 0.0, sideways
    return costs[0], costs[1], costs[2], costs[3]


def _track_costs(start: Point, end: Point) -> AxisCosts:
    costs = [_SLANT] * 4
    axis = _axis(end[0] - start[0], end[1] - start[1])
    costs[axis], costs[(axis + 2) % 4] = _ALONG, 0.0
    return costs[0], costs[1], costs[2], costs[3]


def _axis(dx: float, dy: float) -> int:
    return round(math.atan2(dy, dx) / (math.pi / 4)) % 4
