"""Candidates that no other one beats."""

from collections.abc import Sequence

Point = tuple[float, int, int]  # accuracy, flash bytes, cycles


def on_front(points: Sequence[Point]) -> tuple[bool, ...]:
    """For each: that none is as good in all three, and better in one."""
    return tuple(not any(_beats(other, point) for other in points) for point in points)


def _beats(one: Point, other: Point) -> bool:
    as_good = one[0] >= other[0] and one[1] <= other[1] and one[2] <= other[2]
    return as_good and one != other
