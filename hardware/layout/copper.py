"""Tracks: those drawn by hand for what matters, the rest by the router."""

import pcbnew

from hardware.errors import InputError
from hardware.layout.drawing import ORIGIN_MM, Point, track, via
from hardware.layout.hand_drawn import TRACKS, VIAS
from hardware.layout.rules import VIA_DRILL_MM, VIA_MM, track_width

_LAYERS = {"F": pcbnew.F_Cu, "B": pcbnew.B_Cu}


def draw_by_hand(board: pcbnew.BOARD, nets: dict[str, pcbnew.NETINFO_ITEM]) -> None:
    """Draw the table's tracks and vias. InputError for a net or a pad that is not on the board."""
    for row in TRACKS:
        if row.net not in nets:
            raise InputError(
                f"hardware/layout/hand_drawn.py has a track of {row.net}, which is not in the circuit: delete its row"
            )
        points = [_point(board, point) for point in row.points]
        track(board, nets[row.net], _LAYERS[row.layer], points, row.width or track_width(row.net))
    for net, x, y in VIAS:
        via(board, nets[net], x, y, VIA_MM, VIA_DRILL_MM)


def _point(board: pcbnew.BOARD, point: str | Point) -> Point:
    """A point as it is, or the centre of the pad named "U3.7"."""
    if not isinstance(point, str):
        return point
    ref, _, number = point.partition(".")
    footprint = board.FindFootprintByReference(ref)
    pad = footprint and footprint.FindPadByNumber(number)
    if not pad:
        raise InputError(f"hardware/layout/hand_drawn.py has a track to {point}, which is not on the board: correct its row")
    position = pad.GetPosition()
    return pcbnew.ToMM(position.x) - ORIGIN_MM[0], pcbnew.ToMM(position.y) - ORIGIN_MM[1]


def draw_copper(board: pcbnew.BOARD, nets: dict[str, pcbnew.NETINFO_ITEM]) -> list[str]:
    draw_by_hand(board, nets)
    return []
