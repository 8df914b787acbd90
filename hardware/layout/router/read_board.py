"""A pcbnew board as a routing problem. Zones that pours fill are no obstacle: they are filled after routing."""

from collections.abc import Collection, Iterator

import pcbnew
import shapely

from hardware.errors import InputError
from hardware.layout.router.model import Copper, KeepOut, Layer, Pad, Point, Problem, RoutingRules

COPPER_LAYERS = {Layer.F: pcbnew.F_Cu, Layer.B: pcbnew.B_Cu}
_CIRCLE_ERROR_MM = 0.005
_TIE_REACH_MM = 0.4  # copper of a net tie that close to a pad counts as the pad's net: its tracks have to come near


def read_board(board: pcbnew.BOARD, rules: RoutingRules, plane_nets: Collection[str] = frozenset()) -> Problem:
    """Outline, pads, tracks, vias, copper graphics, holes and rule areas. InputError if the outline is not closed."""
    footprints = sorted(board.GetFootprints(), key=lambda f: f.GetReference())
    zones = [*board.Zones(), *(zone for footprint in footprints for zone in footprint.Zones())]
    pads = [pad for footprint in footprints for pad in footprint.Pads()]
    return Problem(
        _outline(board),
        tuple(found for pad in pads if (found := _pad(pad))),
        (
            *(piece for footprint in footprints for piece in _graphics(footprint)),
            *(piece for drawing in board.GetDrawings() for piece in _drawing(drawing)),
            *(_track(track) for track in _sorted_tracks(board)),
            *(piece for zone in zones for piece in _drawn_zone(zone, plane_nets)),
            *(piece for pad in pads for piece in _bare_hole(pad, rules)),
        ),
        (*(hole for pad in pads for hole in _hole(pad)), *_via_holes(board)),
        tuple(area for zone in zones for area in _keep_out(zone)),
    )


def _outline(board: pcbnew.BOARD) -> shapely.Polygon:
    found = pcbnew.SHAPE_POLY_SET()
    if not board.GetBoardPolygonOutlines(found) or found.OutlineCount() != 1:
        raise InputError("the board's outline on Edge.Cuts is not one closed line: mend it in the layout's outline")
    return _polygons(found)[0]


def _pad(pad: pcbnew.PAD) -> Pad | None:
    layers = _layers(pad)
    shape = _shape(pad, layers)
    if shape is None:
        return None
    name = f"{pad.GetParentFootprint().GetReference()}.{pad.GetNumber()}"
    centre = _point(pad.GetPosition())
    if not shape.contains(shapely.Point(centre)):
        inside = shape.representative_point()
        centre = round(inside.x, 6), round(inside.y, 6)
    return Pad(name, pad.GetNetname() or None, layers, centre, shape)


def _track(track: pcbnew.PCB_TRACK) -> Copper:
    layers = _layers(track)
    shape = _shape(track, layers)
    assert shape is not None  # a track is copper
    start, end = _point(track.GetStart()), _point(track.GetEnd())
    if isinstance(track, pcbnew.PCB_VIA):
        spine: tuple[Point, ...] = (start,)
    elif isinstance(track, pcbnew.PCB_ARC):
        spine = ()
    else:
        spine = (start, end)
    return Copper(track.GetNetname() or None, layers, shape, spine)


def _sorted_tracks(board: pcbnew.BOARD) -> list[pcbnew.PCB_TRACK]:
    """In an order that does not depend on KiCad's."""
    return sorted(
        board.GetTracks(),
        key=lambda t: (t.GetNetname(), t.GetLayer(), *_point(t.GetStart()), *_point(t.GetEnd())),
    )


def _graphics(footprint: pcbnew.FOOTPRINT) -> Iterator[Copper]:
    """Copper drawn in a footprint. In a net tie the part near a pad belongs to the pad's net, the rest to nobody."""
    for item in footprint.GraphicalItems():
        for piece in _drawing(item):
            rest = piece.polygon
            for pad in footprint.Pads() if footprint.IsNetTie() else ():
                shape = _shape(pad, _layers(pad) & piece.layers)
                if shape is not None and shape.intersects(rest):
                    near = shape.buffer(_TIE_REACH_MM)
                    for part in _parts(rest.intersection(near)):
                        yield Copper(pad.GetNetname() or None, piece.layers, part)
                    rest = rest.difference(near)
            for part in _parts(rest):
                yield Copper(None, piece.layers, part)


def _drawing(item: pcbnew.BOARD_ITEM) -> Iterator[Copper]:
    layers = _layers(item)
    shape = _shape(item, layers)
    if shape is not None:
        yield Copper(None, layers, shape)


def _drawn_zone(zone: pcbnew.ZONE, plane_nets: Collection[str]) -> Iterator[Copper]:
    """The outline of a zone on a net that is no plane: drawn on purpose, so that other nets stay out."""
    if not zone.GetIsRuleArea() and zone.GetNetname() and zone.GetNetname() not in plane_nets:
        for polygon in _polygons(zone.Outline()):
            yield Copper(zone.GetNetname(), _layers(zone), polygon)


def _keep_out(zone: pcbnew.ZONE) -> Iterator[KeepOut]:
    if zone.GetIsRuleArea() and (zone.GetDoNotAllowTracks() or zone.GetDoNotAllowVias()):
        for polygon in _polygons(zone.Outline()):
            yield KeepOut(_layers(zone), polygon, zone.GetDoNotAllowTracks(), zone.GetDoNotAllowVias())


def _hole(pad: pcbnew.PAD) -> Iterator[shapely.Polygon]:
    if pad.HasHole():
        found = pcbnew.SHAPE_POLY_SET()
        pad.TransformHoleToPolygon(found, 0, pcbnew.FromMM(_CIRCLE_ERROR_MM), pcbnew.ERROR_OUTSIDE)
        yield from _polygons(found)


def _bare_hole(pad: pcbnew.PAD, rules: RoutingRules) -> Iterator[Copper]:
    """A hole without copper, as an obstacle that makes up for the distance it needs beyond the clearance."""
    if pad.GetAttribute() == pcbnew.PAD_ATTRIB_NPTH:
        for hole in _hole(pad):
            yield Copper(None, frozenset(Layer), hole.buffer(max(rules.hole_to_copper - rules.clearance, 0)))


def _via_holes(board: pcbnew.BOARD) -> Iterator[shapely.Polygon]:
    for track in _sorted_tracks(board):
        if isinstance(track, pcbnew.PCB_VIA):
            yield shapely.Point(_point(track.GetPosition())).buffer(pcbnew.ToMM(track.GetDrillValue()) / 2)


def _layers(item: pcbnew.BOARD_ITEM) -> frozenset[Layer]:
    return frozenset(layer for layer, number in COPPER_LAYERS.items() if item.IsOnLayer(number))


def _shape(item: pcbnew.BOARD_ITEM, layers: frozenset[Layer]) -> shapely.Polygon | None:
    """The item's copper, the same on all its layers; None where it has none."""
    if not layers:
        return None
    found = pcbnew.SHAPE_POLY_SET()
    error = pcbnew.FromMM(_CIRCLE_ERROR_MM)
    item.TransformShapeToPolygon(found, COPPER_LAYERS[min(layers)], 0, error, pcbnew.ERROR_OUTSIDE)
    shape = shapely.union_all(_polygons(found))
    return None if shape.is_empty else shape


def _polygons(found: pcbnew.SHAPE_POLY_SET) -> list[shapely.Polygon]:
    def ring(line: pcbnew.SHAPE_LINE_CHAIN) -> list[Point]:
        return [_point(line.CPoint(i)) for i in range(line.PointCount())]

    return [
        shapely.Polygon(ring(found.Outline(i)), [ring(found.Hole(i, j)) for j in range(found.HoleCount(i))]).buffer(0)
        for i in range(found.OutlineCount())
    ]


def _parts(shape: shapely.Geometry) -> Iterator[shapely.Polygon]:
    return (part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty)


def _point(position: pcbnew.VECTOR2I) -> Point:
    return pcbnew.ToMM(position.x), pcbnew.ToMM(position.y)
