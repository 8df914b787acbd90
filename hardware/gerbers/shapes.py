"""A gerber layer as shapes in millimetres.

gerbonara parses the file and resolves apertures and macros into five primitives; these become shapely polygons. Curves
become polygons drawn inside them, at most `_CHORD_MM` off: a hundredth of the smallest clearance.
"""

import math
from collections.abc import Iterable
from typing import Any

import shapely
import shapely.affinity
from gerbonara import graphic_primitives as primitives
from gerbonara.utils import MM, approximate_arc

_CHORD_MM = 0.0015
_QUARTER_STEPS = 16  # of a circle: 0.0012 of its radius off
_SNAP_MM = 0.001  # ends of outline lines that should meet

Points = list[tuple[float, float]]


def image(layer: Any) -> list[shapely.Polygon]:
    """What the layer leaves dark, as polygons that do not touch each other. Dark and clear objects apply in turn."""
    dark: Any = shapely.Polygon()
    run: list[Any] = []
    run_is_dark = True
    for item in layer.objects:
        if item.polarity_dark != run_is_dark:
            dark = _applied(dark, run, run_is_dark)
            run, run_is_dark = [], item.polarity_dark
        run.extend(_object(item))
    return polygons(_applied(dark, run, run_is_dark))


def outline(layer: Any) -> shapely.Geometry:
    """The material that the outline's lines enclose, cut-outs taken out. Empty when the lines do not close."""
    lines = [
        shapely.set_precision(shapely.LineString(_centre_line(shape)), _SNAP_MM)
        for item in layer.objects
        for shape in item.to_primitives(unit=MM)
    ]
    inside = shapely.Polygon()
    for face in shapely.polygonize([shapely.union_all(lines)]).geoms:
        inside = inside.symmetric_difference(shapely.Polygon(face.exterior))
    return inside


def hole(item: Any) -> shapely.Polygon:
    """A drilled hole, or a slot that was routed with a drill."""
    (shape,) = item.to_primitives(unit=MM)
    return _primitive(shape)


def polygons(shape: Any) -> list[shapely.Polygon]:
    """The polygons of any geometry; points and lines have no area and are left out."""
    return [part for part in shapely.get_parts(shape, return_index=False) if part.geom_type == "Polygon" and not part.is_empty]


def _applied(dark: Any, run: list[Any], run_is_dark: bool) -> Any:
    joined = shapely.disjoint_subset_union_all(run)  # on a panel, no board touches another
    return dark.union(joined) if run_is_dark else dark.difference(joined)


def _object(item: Any) -> Iterable[Any]:
    """Shapes of one object. A macro or a hole in an aperture takes away from its own object only."""
    shapes = list(item.to_primitives(unit=MM))
    if all(shape.polarity_dark == item.polarity_dark for shape in shapes):
        return [_primitive(shape) for shape in shapes]
    whole: Any = shapely.Polygon()
    for shape in shapes:
        drawn = _primitive(shape)
        whole = whole.union(drawn) if shape.polarity_dark == item.polarity_dark else whole.difference(drawn)
    return [whole]


def _primitive(shape: Any) -> Any:
    match shape:
        case primitives.Circle():
            return shapely.Point(shape.x, shape.y).buffer(shape.r, quad_segs=_QUARTER_STEPS)
        case primitives.Line() | primitives.Arc():
            return shapely.LineString(_centre_line(shape)).buffer(shape.width / 2, quad_segs=_QUARTER_STEPS)
        case primitives.Rectangle():
            x, y = shape.w / 2, shape.h / 2
            level = shapely.box(shape.x - x, shape.y - y, shape.x + x, shape.y + y)
            return shapely.affinity.rotate(level, shape.rotation, origin=(shape.x, shape.y), use_radians=True)
        case primitives.ArcPoly():
            return _region(shape)
    raise ValueError(f"no shape for gerbonara's primitive {type(shape).__name__}")


def _region(shape: Any) -> Any:
    """KiCad writes a pour with holes as one ring with slits of no width, which shapely takes apart again."""
    points: Points = []
    for start, end, (clockwise, centre) in shape.segments:
        points += [start] if clockwise is None else _arc(centre, start, end, clockwise)
    if len(points) < 3:
        return shapely.Polygon()
    return shapely.make_valid(shapely.Polygon(points), method="structure", keep_collapsed=False)


def _centre_line(shape: Any) -> Points:
    start, end = (shape.x1, shape.y1), (shape.x2, shape.y2)
    if isinstance(shape, primitives.Arc):
        return [*_arc((shape.cx, shape.cy), start, end, shape.clockwise)[:-1], end]
    return [start, end]


def _arc(centre: tuple[float, float], start: tuple[float, float], end: tuple[float, float], clockwise: bool) -> Points:
    if math.dist(start, end) < _SNAP_MM:  # a gerber arc that ends where it starts is a full circle
        opposite = (2 * centre[0] - start[0], 2 * centre[1] - start[1])
        return _arc(centre, start, opposite, clockwise) + _arc(centre, opposite, end, clockwise)[1:]
    return list(approximate_arc(*centre, *start, *end, clockwise, max_error=_CHORD_MM))
