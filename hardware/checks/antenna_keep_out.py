"""Nothing conducts beside the antenna: no foreign copper in its region on either side, no cell near it."""

from typing import NamedTuple

import shapely
from shapely.affinity import translate

from hardware.checks.placed import Placed, PlacedPart
from hardware.footprints.holder import BODY_X, CELL_RADIUS
from hardware.gerbers.read import SIDES, Gerbers
from hardware.layout.outline import ANTENNA_BOTTOM_MM
from hardware.netlist import Netlist

CELL_DISTANCE_MM = 5.0  # metal nearer than that detunes an inverted F: TI SWRA117D keeps ground that far off its sides

_ANTENNA, _HOLDER = "AE", "BT"  # reference prefixes
_MATCH_MM = 0.01  # the antenna's copper in gerbers may differ that much from its footprint: rounding, chords
_SPECK_MM2 = 1e-4  # what is left of it after that is no copper


class Measured(NamedTuple):
    cell_mm: float  # from the cell's rim to the antenna's copper
    findings: list[str]


def measure(netlist: Netlist, board: Placed, gerbers: Gerbers) -> Measured:
    """The region is the upper end of the board, over its whole width, down to ANTENNA_BOTTOM_MM."""
    antennas = [part for part in board.parts if _is(netlist, part, _ANTENNA)]
    if not antennas:
        return Measured(0.0, ["the board has no antenna"])
    left, bottom = gerbers.corner
    region = shapely.box(left, bottom + board.height_mm - ANTENNA_BOTTOM_MM, left + board.width_mm, bottom + board.height_mm)
    found = []
    for side in SIDES:
        own = shapely.union_all([part.copper(side) for part in antennas]).buffer(_MATCH_MM)
        in_region = shapely.intersection(gerbers.copper[side], region)
        foreign = shapely.union_all(in_region).difference(translate(own, left, bottom))
        for piece in shapely.get_parts(foreign):
            if piece.area > _SPECK_MM2:
                at = piece.representative_point()
                found.append(
                    f"{piece.area:.3f} mm2 of foreign copper on the {side} at ({at.x - left:.2f}, {at.y - bottom:.2f}) mm, "
                    f"in the antenna's {ANTENNA_BOTTOM_MM} mm"
                )
    copper = shapely.union_all([part.copper(side) for part in antennas for side in SIDES])
    cells = [_cell(part) for part in board.parts if _is(netlist, part, _HOLDER)]
    distance = min((cell.distance(copper) for cell in cells), default=float("inf"))
    if distance < CELL_DISTANCE_MM:
        found.append(f"the cell is {distance:.2f} mm from the antenna, less than {CELL_DISTANCE_MM:g} mm")
    return Measured(distance, found)


def _is(netlist: Netlist, part: PlacedPart, prefix: str) -> bool:
    return part.reference in netlist.components and netlist.components[part.reference].part.reference == prefix


def _cell(holder: PlacedPart) -> shapely.Geometry:
    """The cell's outline: on the line from the holder's minus pin (1) to its plus pin (2), off their middle by BODY_X."""
    pads = {pad.number: pad for pad in holder.pads}
    minus, plus = pads["1"], pads["2"]
    length = ((plus.x - minus.x) ** 2 + (plus.y - minus.y) ** 2) ** 0.5
    x = (minus.x + plus.x) / 2 + BODY_X * (plus.x - minus.x) / length
    y = (minus.y + plus.y) / 2 + BODY_X * (plus.y - minus.y) / length
    return shapely.Point(x, y).buffer(CELL_RADIUS, quad_segs=64)
