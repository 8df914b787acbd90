"""The routing grid: cells, and how far each cell's centre is from a shape."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from hardware.layout.router.model import Point

Field = NDArray[np.float32]  # distance in mm by [layer, row, column] or [row, column]; inf where it is out of reach

# Compass of the eight directions, each 45 degrees on from the one before: (column step, row step).
STEPS = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


@dataclass(frozen=True)
class Grid:
    """Cell (row, column) has its centre at (x0 + column * pitch, y0 + row * pitch)."""

    x0: float
    y0: float
    columns: int
    rows: int
    pitch: float

    @property
    def plane(self) -> int:
        """Cells of one layer; cell index = layer * plane + row * columns + column."""
        return self.columns * self.rows

    def point(self, cell: int) -> Point:
        row, column = divmod(cell % self.plane, self.columns)
        return round(self.x0 + column * self.pitch, 6), round(self.y0 + row * self.pitch, 6)

    def nearest(self, point: Point) -> int:
        """Index, on layer 0, of the cell whose centre is nearest."""
        column = min(max(round((point[0] - self.x0) / self.pitch), 0), self.columns - 1)
        row = min(max(round((point[1] - self.y0) / self.pitch), 0), self.rows - 1)
        return row * self.columns + column

    def window(self, bounds: tuple[float, float, float, float], reach: float) -> tuple[slice, slice]:
        """Rows and columns of the cells that are at most `reach` outside of the bounds."""
        left, top, right, bottom = bounds
        first = max(math.floor((left - reach - self.x0) / self.pitch), 0)
        last = min(math.ceil((right + reach - self.x0) / self.pitch) + 1, self.columns)
        upper = max(math.floor((top - reach - self.y0) / self.pitch), 0)
        lower = min(math.ceil((bottom + reach - self.y0) / self.pitch) + 1, self.rows)
        return slice(upper, max(lower, upper)), slice(first, max(last, first))

    def centres(self, window: tuple[slice, slice]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """x and y of the cells in a window, to be broadcast against each other."""
        rows, columns = window
        x = self.x0 + np.arange(columns.start, columns.stop) * self.pitch
        y = self.y0 + np.arange(rows.start, rows.stop) * self.pitch
        return x[None, :], y[:, None]


def over(outline: shapely.Polygon, pitch: float) -> Grid:
    """The grid that covers an outline and one cell around it. Its lines are multiples of the pitch, wherever the board is."""
    left, top, right, bottom = outline.bounds
    first, upper = math.floor(left / pitch) - 1, math.floor(top / pitch) - 1
    last, lower = math.ceil(right / pitch) + 1, math.ceil(bottom / pitch) + 1
    return Grid(round(first * pitch, 6), round(upper * pitch, 6), last - first + 1, lower - upper + 1, pitch)


def lower_to_polygon(grid: Grid, plane: Field, polygon: shapely.Polygon, reach: float) -> None:
    """Lower each cell of the plane to its distance from the polygon (0 inside), as far as `reach`."""
    window = grid.window(polygon.bounds, reach)
    x, y = grid.centres(window)
    if x.size and y.size:
        xx, yy = np.broadcast_arrays(x, y)
        shapely.prepare(polygon)
        distance = shapely.distance(shapely.points(xx, yy), polygon).astype(np.float32)
        np.minimum(plane[window], distance, out=plane[window])


def lower_to_track(grid: Grid, plane: Field, start: Point, end: Point, width: float, reach: float) -> None:
    """As `lower_to_polygon`, from a straight track with round ends (a via or round hole if start is end)."""
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    window = grid.window((left, top, right, bottom), reach + width / 2)
    x, y = grid.centres(window)
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    along = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / square, 0, 1) if square else np.zeros((1, 1))
    distance = np.hypot(x - start[0] - along * dx, y - start[1] - along * dy) - width / 2
    np.minimum(plane[window], np.maximum(distance, 0).astype(np.float32), out=plane[window])


def octile_distance(grid: Grid, cells: list[int]) -> Field:
    """Length in cells of the shortest 45/90 degree path from each cell of one layer to the nearest of `cells`.

    Layers and obstacles are ignored, so it never exceeds a real path: the estimate that A* needs.
    """
    far = np.float32(1e6)
    diagonal = np.float32(math.sqrt(2))
    field = np.full((grid.rows, grid.columns), far, np.float32)
    flat = np.array([cell % grid.plane for cell in cells])
    field[flat // grid.columns, flat % grid.columns] = 0
    ramp = np.arange(grid.columns, dtype=np.float32)
    for order in (range(grid.rows), range(grid.rows - 1, -1, -1)):
        before = np.full(grid.columns, far, np.float32)
        for row in order:
            line = np.minimum(field[row], before + 1)
            np.minimum(line[1:], before[:-1] + diagonal, out=line[1:])
            np.minimum(line[:-1], before[1:] + diagonal, out=line[:-1])
            line = np.minimum(
                np.minimum.accumulate(line - ramp) + ramp,
                (np.minimum.accumulate((line + ramp)[::-1]))[::-1] - ramp,
            )
            field[row] = before = line
    return field
