"""Millimetres of our tables to KiCad's units, and the few shapes that the board is drawn with."""

import itertools
from collections.abc import Sequence

import pcbnew

ORIGIN_MM = (100.0, 60.0)  # the board's top left corner on KiCad's page

Point = tuple[float, float]


def mm(value: float) -> int:
    """Millimetres to KiCad's nanometres."""
    return int(pcbnew.FromMM(value))


def at(x: float, y: float) -> pcbnew.VECTOR2I:
    """A point of the board in KiCad's page coordinates."""
    return pcbnew.VECTOR2I(pcbnew.FromMM(round(ORIGIN_MM[0] + x, 6)), pcbnew.FromMM(round(ORIGIN_MM[1] + y, 6)))


def text_style(item: pcbnew.EDA_TEXT, height_mm: float) -> None:
    """Height, and a stroke of 15 % of it."""
    item.SetTextSize(pcbnew.VECTOR2I(mm(height_mm), mm(height_mm)))
    item.SetTextThickness(mm(round(height_mm * 0.15, 3)))


def line(board: pcbnew.BOARD, layer: int, points: Sequence[Point], width_mm: float) -> None:
    """Segments through the points."""
    for start, end in itertools.pairwise(points):
        shape = pcbnew.PCB_SHAPE(board, pcbnew.SHAPE_T_SEGMENT)
        shape.SetLayer(layer)
        shape.SetWidth(mm(width_mm))
        shape.SetStart(at(*start))
        shape.SetEnd(at(*end))
        board.Add(shape)


def arc(board: pcbnew.BOARD, layer: int, points: tuple[Point, Point, Point], width_mm: float) -> None:
    """An arc from the first point through the second to the third."""
    shape = pcbnew.PCB_SHAPE(board, pcbnew.SHAPE_T_ARC)
    shape.SetLayer(layer)
    shape.SetWidth(mm(width_mm))
    shape.SetArcGeometry(*(at(*point) for point in points))
    board.Add(shape)


def text(board: pcbnew.BOARD, layer: int, content: str, x: float, y: float, height_mm: float, *, angle: float = 0) -> None:
    """A text centred on the point; on a back layer it is mirrored so that it reads from the back."""
    item = pcbnew.PCB_TEXT(board)
    item.SetText(content)
    item.SetLayer(layer)
    item.SetPosition(at(x, y))
    text_style(item, height_mm)
    item.SetTextAngleDegrees(angle)
    item.SetMirrored(layer in (pcbnew.B_SilkS, pcbnew.B_Cu, pcbnew.B_Fab))
    board.Add(item)


def track(board: pcbnew.BOARD, net: pcbnew.NETINFO_ITEM, layer: int, points: Sequence[Point], width_mm: float) -> None:
    for start, end in itertools.pairwise(points):
        segment = pcbnew.PCB_TRACK(board)
        segment.SetStart(at(*start))
        segment.SetEnd(at(*end))
        segment.SetWidth(mm(width_mm))
        segment.SetLayer(layer)
        segment.SetNet(net)
        board.Add(segment)


def via(board: pcbnew.BOARD, net: pcbnew.NETINFO_ITEM, x: float, y: float, diameter_mm: float, drill_mm: float) -> None:
    item = pcbnew.PCB_VIA(board)
    item.SetPosition(at(x, y))
    item.SetWidth(mm(diameter_mm))
    item.SetDrill(mm(drill_mm))
    item.SetNet(net)
    board.Add(item)
