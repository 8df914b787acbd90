"""Routes drawn onto a pcbnew board."""

from itertools import pairwise

import pcbnew

from hardware.errors import InputError
from hardware.layout.router.model import Point, Routes, RoutingRules
from hardware.layout.router.read_board import COPPER_LAYERS


def draw(board: pcbnew.BOARD, routes: Routes, rules: RoutingRules) -> None:
    """Add tracks and vias to the board. InputError if it lacks one of the nets."""
    for track in routes.tracks:
        for start, end in pairwise(track.points):
            item = pcbnew.PCB_TRACK(board)
            item.SetStart(_position(start))
            item.SetEnd(_position(end))
            item.SetWidth(pcbnew.FromMM(track.width))
            item.SetLayer(COPPER_LAYERS[track.layer])
            item.SetNet(_net(board, track.net))
            board.Add(item)
    for via in routes.vias:
        item = pcbnew.PCB_VIA(board)
        item.SetPosition(_position(via.point))
        item.SetWidth(pcbnew.FromMM(rules.via_diameter))
        item.SetDrill(pcbnew.FromMM(rules.via_drill))
        item.SetNet(_net(board, via.net))
        board.Add(item)


def _net(board: pcbnew.BOARD, name: str) -> pcbnew.NETINFO_ITEM:
    net = board.FindNet(name)
    if net is None:
        raise InputError(f"the routes name the net {name}, which the board does not have: route it again without them")
    return net


def _position(point: Point) -> pcbnew.VECTOR2I:
    return pcbnew.VECTOR2I(round(point[0] * 1e6), round(point[1] * 1e6))
