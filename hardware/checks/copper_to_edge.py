"""Copper and holes keep off the edge that the mill cuts, and off the mouse bites that the board breaks at.

Measured on the fabrication files: the outline's centre line, not its drawn width, is the edge.
"""

from collections.abc import Sequence
from typing import NamedTuple

import shapely
from shapely.affinity import translate

from hardware.checks.panel_copies import Offset
from hardware.gerbers.read import SIDES, Gerbers
from hardware.layout.outline import EDGE_CLEARANCE_MM

_FILE_STEP_MM = 0.001  # coarsest unit among gerber, drill file and our chords
BITE_CLEARANCE_MM = 0.2  # what the design rules ask between copper and an unplated hole
_BITE_MM = 0.5  # an unplated hole whose rim is that near to a board's edge is a mouse bite


class Measured(NamedTuple):
    """Smallest distances in mm, by what was measured, and a sentence for each that is too small."""

    distances: dict[str, float]
    findings: list[str]


def measure(gerbers: Gerbers) -> Measured:
    """A board or a panel as milled."""
    plated = [hole.shape for hole in gerbers.holes if hole.plated]
    subjects = {f"{side} copper": gerbers.copper[side] for side in SIDES} | {"plated holes": plated}
    edge = gerbers.outline.boundary
    distances = {name: float(shapely.distance(edge, shapely.union_all(shapes))) for name, shapes in subjects.items() if shapes}
    outside = [
        f"{name} outside the outline at ({shape.centroid.x:.2f}, {shape.centroid.y:.2f}) mm"
        for name, shapes in subjects.items()
        for shape in shapes
        if not gerbers.outline.covers(shape)
    ]
    return Measured(distances, outside + _too_near(distances, "edge", EDGE_CLEARANCE_MM))


def measure_bites(board: Gerbers, panel: Gerbers, copies: Sequence[Offset]) -> Measured:
    """Copper of the panel to the mouse bites, where the boards' edge will be after breaking."""
    (left, bottom), (panel_left, panel_bottom) = board.corner, panel.corner
    edge = shapely.union_all(
        [translate(board.outline.boundary, panel_left - left + c.x, panel_bottom - bottom + c.y) for c in copies]
    )
    bites = shapely.union_all([h.shape for h in panel.holes if not h.plated and h.shape.distance(edge) < _BITE_MM])
    if bites.is_empty:
        return Measured({}, [])
    distances = {f"{side} copper": _nearest(bites, panel.copper[side]) for side in SIDES}
    return Measured(distances, _too_near(distances, "mouse bites", BITE_CLEARANCE_MM))


def _nearest(shape: shapely.Geometry, others: Sequence[shapely.Polygon]) -> float:
    return float(shapely.distance(shape, shapely.MultiPolygon(others)))


def _too_near(distances: dict[str, float], what: str, least_mm: float) -> list[str]:
    return [
        f"{name} {distance:.3f} mm from the {what}, less than {least_mm:g} mm"
        for name, distance in distances.items()
        if distance < least_mm - _FILE_STEP_MM
    ]
