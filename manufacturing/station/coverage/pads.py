"""Where the pads lie: the footprints at their places on the board, without tracks."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from math import dist, hypot

import pcbnew
import shapely

from hardware import paths
from hardware.footprints import library
from hardware.layout.footprints import check_table, place_all
from hardware.layout.placement import PLACEMENT
from hardware.netlist import Netlist, Terminal

PIN_GAP_MM = 1.5  # between pads of one part that count as adjacent: the wide side of a SOT-23-5 has 1.3
# Between pads of neighbouring parts. Wider than any gap between the pads of a part that solder bridges in practice
# (0.25 mm at TSSOP-20), and about the least that stencils and placement tolerances leave between parts.
NEIGHBOUR_GAP_MM = 0.5
_CHORD_MM = 0.005
_SAME_PLACE_MM = 0.1

Pair = tuple[Terminal, Terminal]


@dataclass(frozen=True)
class Pad:
    """One pad: what of it is solderable copper, in mm on the board, as seen from the top."""

    terminal: Terminal
    side: str  # "top", "bottom", or "both" for a hole
    shape: shapely.Polygon

    @property
    def centre(self) -> tuple[float, float]:
        box = self.shape.bounds
        return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2

    def gap_mm(self, other: "Pad") -> float:
        return float(shapely.distance(self.shape, other.shape))

    def meets(self, other: "Pad") -> bool:
        """Whether solder could reach from one to the other at all: they share a side."""
        return self.side == other.side or "both" in (self.side, other.side)


def placed(netlist: Netlist) -> list[Pad]:
    """Every pad of every part of the netlist. InputError if the placement table does not fit it."""
    check_table(netlist, PLACEMENT)
    library.write(paths.KICAD)
    board = pcbnew.BOARD()
    place_all(board, netlist, PLACEMENT)
    return [_pad(footprint.GetReference(), pad) for footprint in board.GetFootprints() for pad in footprint.Pads()]


def _pad(ref: str, pad: pcbnew.PAD) -> Pad:
    top, bottom = pad.IsOnLayer(pcbnew.F_Cu), pad.IsOnLayer(pcbnew.B_Cu)
    layer = pcbnew.F_Cu if top else pcbnew.B_Cu
    drawn = pcbnew.SHAPE_POLY_SET()
    pad.TransformShapeToPolygon(drawn, layer, 0, pcbnew.FromMM(_CHORD_MM), pcbnew.ERROR_INSIDE)
    outline = drawn.Outline(0)
    corners = [(pcbnew.ToMM(outline.CPoint(i).x), pcbnew.ToMM(outline.CPoint(i).y)) for i in range(outline.PointCount())]
    side = "both" if top and bottom else "top" if top else "bottom"
    return Pad(Terminal(ref, pad.GetNumber()), side, shapely.Polygon(corners))


def adjacent_pins(pads: Iterable[Pad]) -> list[Pair]:
    """Pairs of pads of one part with no third pad of it nearer to both than they are to each other, at most 1.5 mm apart."""
    pairs = []
    for own in _by_part(pads):
        for one, other in itertools.combinations(own, 2):
            between = any(_is_between(third, one, other) for third in own if third not in (one, other))
            if not between and one.gap_mm(other) <= PIN_GAP_MM:
                pairs.append((one.terminal, other.terminal))
    return pairs


def neighbouring_pads(pads: Iterable[Pad]) -> list[Pair]:
    """Pairs of pads of different parts on one side of the board, at most 0.5 mm apart."""
    return [
        (one.terminal, other.terminal)
        for one, other in itertools.combinations(pads, 2)
        if one.terminal.ref != other.terminal.ref and one.meets(other) and one.gap_mm(other) <= NEIGHBOUR_GAP_MM
    ]


def half_turn(pads: Iterable[Pad]) -> tuple[tuple[str, str], ...]:
    """(pin, pad under it) of one part turned by 180 degrees about the middle of its pads; a pin over no pad is left out."""
    own = list(pads)
    boxes = shapely.union_all([pad.shape for pad in own]).bounds
    twice = boxes[0] + boxes[2], boxes[1] + boxes[3]
    return tuple(
        (pin.terminal.number, pad.terminal.number)
        for pin in own
        for pad in own
        if dist((twice[0] - pin.centre[0], twice[1] - pin.centre[1]), pad.centre) < _SAME_PLACE_MM
    )


def _is_between(third: Pad, one: Pad, other: Pad) -> bool:
    length = dist(one.centre, other.centre)
    return max(hypot(third.centre[0] - p.centre[0], third.centre[1] - p.centre[1]) for p in (one, other)) < length - 1e-6


def _by_part(pads: Iterable[Pad]) -> list[list[Pad]]:
    parts: dict[str, list[Pad]] = {}
    for pad in pads:
        parts.setdefault(pad.terminal.ref, []).append(pad)
    return list(parts.values())
