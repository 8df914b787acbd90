"""Which copper hangs together: polygons of both sides, joined where a plated hole goes through them."""

from dataclasses import dataclass

import shapely

from hardware.gerbers.read import BOTTOM, SIDES, TOP, Gerbers, Hole

_TOUCH_MM = 0.01  # a barrel and a pad that meet may be this far apart in the files: drill files round to 1 um, arcs to chords


@dataclass(frozen=True)
class Islands:
    """Islands of copper, by number. `of` gives each side's polygons their island."""

    trees: dict[str, shapely.STRtree]
    of: dict[str, list[int]]

    def at(self, side: str, x: float, y: float) -> set[int]:
        """The islands of that side's copper at a point: one, or none where there is no copper."""
        return self.under(side, shapely.Point(x, y).buffer(_TOUCH_MM))

    def under(self, side: str, shape: shapely.Geometry) -> set[int]:
        """The islands of that side's copper that the shape touches."""
        return {self.of[side][index] for index in self.trees[side].query(shape, predicate="intersects")}


def find(gerbers: Gerbers) -> Islands:
    return join(gerbers.copper, gerbers.holes)


def join(copper: dict[str, list[shapely.Polygon]], holes: list[Hole]) -> Islands:
    trees = {side: shapely.STRtree(copper[side]) for side in SIDES}
    first = {TOP: 0, BOTTOM: len(copper[TOP])}
    parents = list(range(sum(len(polygons) for polygons in copper.values())))
    for hole in holes:
        if not hole.plated:
            continue
        barrel = hole.shape.buffer(_TOUCH_MM)
        touched = [first[side] + int(i) for side in SIDES for i in trees[side].query(barrel, predicate="intersects")]
        for other in touched[1:]:
            parents[_root(parents, other)] = _root(parents, touched[0])
    return Islands(trees, {side: [_root(parents, first[side] + i) for i in range(len(copper[side]))] for side in SIDES})


def _root(parents: list[int], item: int) -> int:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item
