"""From a path of cells to tracks: 45/90 degree pieces that end exactly on pads and tracks that lie off the grid."""

import math
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from hardware.layout.router.exact import Room
from hardware.layout.router.grid import Grid
from hardware.layout.router.joined import Anchor
from hardware.layout.router.model import Layer, NetRule, Point, Routes, Track, Via
from hardware.layout.router.straight import Leg, aligned, hooked, straightened
from hardware.layout.router.terrain import Terrain

_SHORT = 0.3  # mm; a last piece shorter than that only corrects for the grid


def lay(
    net: str, rule: NetRule, grid: Grid, ground: Terrain, cells: tuple[int, ...], ends: tuple[Anchor, Anchor], room: Room | None
) -> Routes:
    """Tracks and vias of a path. With room around it the tracks are drawn straight onto off-grid ends and smoothed;

    without (or where nothing else is clear) the path stays on the grid, with a hook of less than a cell at its ends.
    """
    runs = _runs(grid, cells)
    vias = [Via(net, grid.point(after[0])) for _, after in pairwise(runs)]
    tracks: list[Track] = []
    for number, run in enumerate(runs):
        layer = Layer(run[0] // grid.plane)
        leg = _leg(rule, grid, ground, run)
        start = ends[0] if number == 0 else None
        end = ends[1] if number == len(runs) - 1 else None
        leg = _ended(leg, start, end, rule.neck_width, layer, room)
        if room:
            leg = _widened(straightened(leg, layer, room), rule, grid, ground.narrow.ravel(), room, layer)
        tracks += _tracks(net, layer, leg)
    return Routes.of(tracks, vias)


def _runs(grid: Grid, cells: tuple[int, ...]) -> list[list[int]]:
    """The cells, cut where they change layer."""
    runs = [[cells[0]]]
    for before, cell in pairwise(cells):
        if before // grid.plane == cell // grid.plane:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _leg(rule: NetRule, grid: Grid, ground: Terrain, run: list[int]) -> Leg:
    """The corners of a run, and each piece's width: narrow if any cell of it is."""
    narrow = ground.narrow.ravel()
    corners, widths = [run[0]], []
    tight = bool(narrow[run[0]])
    for i in range(1, len(run)):
        tight |= bool(narrow[run[i]])
        if i + 1 == len(run) or run[i + 1] - run[i] != run[i] - run[i - 1]:
            corners.append(run[i])
            widths.append(rule.neck_width if tight else rule.width)
            tight = bool(narrow[run[i]])
    if not widths:
        widths = [rule.neck_width if tight else rule.width]
        corners *= 2
    return Leg(tuple(grid.point(cell) for cell in corners), tuple(widths))


def _ended(leg: Leg, start: Anchor | None, end: Anchor | None, neck: float, layer: Layer, room: Room | None) -> Leg:
    """The leg drawn on to where its anchors want it; of the ways to do so the first that is clear."""
    leg = _trimmed(_trimmed(leg, end).turned(), start).turned()
    leg = _beside(_beside(leg, start, end).turned(), end, start).turned()
    first = _exact(start, leg.points[0], leg.points[1])
    last = _exact(end, leg.points[-1], leg.points[-2])
    plain = hooked(leg, first, last)
    if room:
        for candidate in (*aligned(leg, first, last), plain, hooked(leg, first, last, width=neck)):
            if all(room.clear(layer, (a, b), width) for a, b, width in candidate.pieces()):
                return candidate
    return plain


def _trimmed(leg: Leg, end: Anchor | None) -> Leg:
    """Without a last short piece, where the piece before it leads to the track that is to be joined as well."""
    if end is None or end.segment is None or len(leg.widths) < 2 or math.dist(*leg.points[-2:]) > _SHORT:
        return leg
    trimmed = Leg(leg.points[:-1], leg.widths[:-1])
    meeting = shapely.Point(_exact(end, trimmed.points[-1], trimmed.points[-2]))
    return trimmed if shapely.LineString(end.segment).distance(meeting) < 1e-5 else leg


def _beside(leg: Leg, start: Anchor | None, end: Anchor | None) -> Leg:
    """A straight leg from a point to a track, moved sideways so that it begins at the point."""
    if len(leg.widths) > 1 or start is None or start.point is None or end is None or end.segment is None:
        return leg
    dx, dy = start.point[0] - leg.points[0][0], start.point[1] - leg.points[0][1]
    return Leg((start.point, (leg.points[1][0] + dx, leg.points[1][1] + dy)), leg.widths)


def _exact(anchor: Anchor | None, cell: Point, inward: Point) -> Point:
    """Where a track that comes from `inward` to `cell` really ends: at the anchor's point, or where it meets its segment."""
    if anchor is None:
        return cell
    if anchor.point is not None:
        return anchor.point
    if anchor.segment is None or cell == inward:
        return cell
    (ax, ay), (bx, by) = anchor.segment
    dx, dy = cell[0] - inward[0], cell[1] - inward[1]
    across = dx * (by - ay) - dy * (bx - ax)
    if abs(across) < 1e-9:
        return cell
    along = ((ax - cell[0]) * (by - ay) - (ay - cell[1]) * (bx - ax)) / across
    return round(cell[0] + along * dx, 6), round(cell[1] + along * dy, 6)


def _widened(leg: Leg, rule: NetRule, grid: Grid, narrow: NDArray[np.bool_], room: Room, layer: Layer) -> Leg:
    """The narrow pieces at full width again, as far as the terrain allows."""
    points, widths = [leg.points[0]], []
    for start, end, width in leg.pieces():
        count = 1 if width >= rule.width else max(int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 0.2), 1)
        cuts = [
            (round(start[0] + (end[0] - start[0]) * i / count, 6), round(start[1] + (end[1] - start[1]) * i / count, 6))
            for i in range(count + 1)
        ]
        for a, b in pairwise(cuts):
            tight = any(narrow[layer * grid.plane + grid.nearest(point)] for point in (a, b))
            points.append(b)
            widths.append(rule.width if not tight and room.clear(layer, (a, b), rule.width) else width)
    return Leg(tuple(points), tuple(widths)).merged()


def _tracks(net: str, layer: Layer, leg: Leg) -> list[Track]:
    """One track per stretch of equal width."""
    tracks: list[Track] = []
    for start, end, width in leg.pieces():
        start, end = _rounded(start), _rounded(end)
        if start == end:
            continue
        if tracks and tracks[-1].width == width:
            tracks[-1] = Track(net, layer, width, (*tracks[-1].points, end))
        else:
            tracks.append(Track(net, layer, width, (start, end)))
    return tracks


def _rounded(point: Point) -> Point:
    """To KiCad's nanometres."""
    return round(point[0], 6), round(point[1], 6)
