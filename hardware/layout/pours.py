"""Ground on both layers, and the empty space around the antenna."""

import pcbnew

from hardware.layout.drawing import Point, at, mm
from hardware.layout.outline import ANTENNA_BOTTOM_MM, EDGE_CLEARANCE_MM, HEIGHT_MM, WIDTH_MM

COPPER = (pcbnew.F_Cu, pcbnew.B_Cu)
_GAP_MM = 0.2  # pour to foreign copper
_SPOKE_MM = 0.3


def _rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def pour_ground(board: pcbnew.BOARD, ground: pcbnew.NETINFO_ITEM) -> None:
    """A pour of ground on each copper layer, up to the antenna's edge."""
    edge = EDGE_CLEARANCE_MM + 0.1
    for layer in COPPER:
        zone = pcbnew.ZONE(board)
        zone.SetLayer(layer)
        zone.SetNet(ground)
        zone.SetZoneName(f"ground {board.GetLayerName(layer)}")
        _outline(zone, _rectangle(edge, ANTENNA_BOTTOM_MM, WIDTH_MM - edge, HEIGHT_MM - edge))
        zone.SetLocalClearance(mm(_GAP_MM))
        zone.SetMinThickness(mm(0.2))
        zone.SetThermalReliefGap(mm(_GAP_MM))
        zone.SetThermalReliefSpokeWidth(mm(_SPOKE_MM))
        zone.SetPadConnection(pcbnew.ZONE_CONNECTION_THERMAL)
        zone.SetIslandRemovalMode(pcbnew.ISLAND_REMOVAL_MODE_ALWAYS)
        board.Add(zone)


def keep_antenna_clear(board: pcbnew.BOARD) -> None:
    """A rule area over the antenna: no track, via or pour on either layer; the footprint's own copper may stay."""
    area = pcbnew.ZONE(board)
    area.SetIsRuleArea(True)
    area.SetZoneName("antenna keep-out")
    area.SetLayerSet(pcbnew.LSET.AllCuMask(2))
    area.SetDoNotAllowTracks(True)
    area.SetDoNotAllowVias(True)
    area.SetDoNotAllowCopperPour(True)
    area.SetDoNotAllowPads(False)
    area.SetDoNotAllowFootprints(False)
    _outline(area, _rectangle(0, 0, WIDTH_MM, ANTENNA_BOTTOM_MM))
    board.Add(area)


def fill(board: pcbnew.BOARD) -> None:
    board.BuildConnectivity()
    pcbnew.ZONE_FILLER(board).Fill(board.Zones())


def _outline(zone: pcbnew.ZONE, points: tuple[Point, ...]) -> None:
    outline = zone.Outline()
    outline.NewOutline()
    for point in points:
        outline.Append(at(*point))
