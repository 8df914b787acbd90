"""Points and boxes on the schematic's grid, and how a symbol's coordinates turn when it is placed.

All positions are in grid steps of 1.27 mm (KiCad's 50 mil), x to the right, y down, as on the screen.
"""

from collections.abc import Iterable, Iterator
from math import ceil, floor
from typing import NamedTuple

STEP_MM = 1.27


class Point(NamedTuple):
    x: float
    y: float

    def plus(self, other: "Point", times: float = 1) -> "Point":
        return Point(self.x + other.x * times, self.y + other.y * times)


LEFT, RIGHT, UP, DOWN = Point(-1, 0), Point(1, 0), Point(0, -1), Point(0, 1)


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> Point:
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, by: Point) -> "Box":
        return Box(self.left + by.x, self.top + by.y, self.right + by.x, self.bottom + by.y)

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share an area; touching edges do not count."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def grid_points(self) -> Iterator[Point]:
        """The grid points in the box, its edges included."""
        for x in range(ceil(self.left), floor(self.right) + 1):
            for y in range(ceil(self.top), floor(self.bottom) + 1):
                yield Point(x, y)


def around(points: Iterable[Point]) -> Box:
    """The smallest box with these points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def turned(point: Point, rotation: int, mirrored: bool) -> Point:
    """The point turned counter-clockwise by 0, 90, 180 or 270 degrees about the origin, then mirrored left to right."""
    x, y = point
    for _ in range(rotation // 90):
        x, y = y, -x
    return Point(-x if mirrored else x, y)


def turned_box(box: Box, rotation: int, mirrored: bool) -> Box:
    corners = (Point(box.left, box.top), Point(box.right, box.bottom))
    return around(turned(corner, rotation, mirrored) for corner in corners)
