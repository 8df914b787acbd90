"""The router on a board of KiCad's: KiCad's own design rule check finds nothing to say."""

from pathlib import Path
from typing import Any

import pcbnew

from hardware import kicad
from hardware.layout import rules as board_rules
from hardware.layout.router import NetRule, Routes, RoutingRules, draw, route_board, stitch_pads, stitching_grid

EMPTY = Path(board_rules.__file__).with_name("empty.kicad_pcb")
WIDTH, HEIGHT = 21.0, 15.0
RULES = RoutingRules(nets={"VBAT": NetRule(width=0.4)}, default=NetRule(width=0.2))

FOOTPRINTS = {  # reference: library, footprint, x, y, rotation, net of each pad
    "U1": ("Package_SO", "TSSOP-20_4.4x6.5mm_P0.65mm", 6.03, 6.0, 90, "A B C D E F GND VBAT G H I J K - - - - - L M"),
    "U2": ("Package_LGA", "LGA-12_2x2mm_P0.5mm", 13.5, 5.0, 180, "A B VBAT GND - C VBAT GND GND VBAT D E"),
    "J1": ("Connector_PinHeader_2.54mm", "PinHeader_1x04_P2.54mm_Vertical", 19.0, 2.5, 0, "VBAT GND K L"),
    "C1": ("Capacitor_SMD", "C_0402_1005Metric", 15.51, 7.51, 45, "VBAT GND"),
    "R1": ("Resistor_SMD", "R_0402_1005Metric", 12.0, 10.0, 0, "F G"),
    "R2": ("Resistor_SMD", "R_0402_1005Metric", 15.5, 10.5, 90, "H I"),
    "R3": ("Resistor_SMD", "R_0402_1005Metric", 3.0, 12.0, 0, "J M"),
    "R4": ("Resistor_SMD", "R_0402_1005Metric", 9.0, 12.0, 0, "M VBAT"),
    "H1": ("MountingHole", "MountingHole_2.2mm_M2", 13.5, 13.0, 0, ""),
}


def unrouted(path: Path) -> pcbnew.BOARD:
    """The footprints above on an outline, beside a project file with the project's design rules."""
    path.with_suffix(".kicad_pro").write_text(board_rules.project(), encoding="utf-8")
    path.write_text(EMPTY.read_text(encoding="utf-8"), encoding="utf-8")
    board = pcbnew.LoadBoard(str(path))
    for corners in ((0, 0, WIDTH, 0), (WIDTH, 0, WIDTH, HEIGHT), (WIDTH, HEIGHT, 0, HEIGHT), (0, HEIGHT, 0, 0)):
        edge = pcbnew.PCB_SHAPE(board, pcbnew.SHAPE_T_SEGMENT)
        edge.SetLayer(pcbnew.Edge_Cuts)
        edge.SetStart(at(*corners[:2]))
        edge.SetEnd(at(*corners[2:]))
        board.Add(edge)
    for ref, (library, name, x, y, rotation, nets) in FOOTPRINTS.items():
        footprint = pcbnew.FootprintLoad(str(kicad.FOOTPRINT_LIBRARIES / f"{library}.pretty"), name)
        footprint.SetFPID(pcbnew.LIB_ID(library, name))
        footprint.SetReference(ref)
        board.Add(footprint)
        footprint.SetPosition(at(x, y))
        footprint.SetOrientationDegrees(rotation)
        for number, net in enumerate(nets.split(), 1):
            if net != "-":
                if not board.FindNet(net):
                    board.Add(pcbnew.NETINFO_ITEM(board, net))
                footprint.FindPadByNumber(str(number)).SetNet(board.FindNet(net))
    return board


def at(x: float, y: float) -> pcbnew.VECTOR2I:
    return pcbnew.VECTOR2I(pcbnew.FromMM(50 + x), pcbnew.FromMM(50 + y))


def pour_ground(board: pcbnew.BOARD) -> None:
    for layer in (pcbnew.F_Cu, pcbnew.B_Cu):
        zone = pcbnew.ZONE(board)
        zone.SetLayer(layer)
        zone.SetNet(board.FindNet("GND"))
        outline = zone.Outline()
        outline.NewOutline()
        for x, y in ((0.4, 0.4), (WIDTH - 0.4, 0.4), (WIDTH - 0.4, HEIGHT - 0.4), (0.4, HEIGHT - 0.4)):
            outline.Append(at(x, y))
        zone.SetLocalClearance(pcbnew.FromMM(0.2))
        zone.SetThermalReliefGap(pcbnew.FromMM(0.2))
        zone.SetThermalReliefSpokeWidth(pcbnew.FromMM(0.25))
        zone.SetMinThickness(pcbnew.FromMM(0.2))
        zone.SetPadConnection(pcbnew.ZONE_CONNECTION_FULL)
        zone.SetIslandRemovalMode(pcbnew.ISLAND_REMOVAL_MODE_ALWAYS)
        board.Add(zone)
    board.BuildConnectivity()
    pcbnew.ZONE_FILLER(board).Fill(board.Zones())


def copper_faults(report: dict[str, Any]) -> list[str]:
    """Findings that are not about silkscreen, text or courtyards, which are not the router's."""
    others = ("silk", "text", "courtyard", "lib_footprint", "footprint")
    return [f"{v['type']}: {v['items']}" for v in report["violations"] if not v["type"].startswith(others)]


def test_a_routed_board_passes_kicads_design_rule_check(tmp_path: Path) -> None:
    path = tmp_path / "routed.kicad_pcb"
    board = unrouted(path)
    stitched = stitch_pads(board, rules=RULES)
    assert stitched.failures == ()
    draw(board, stitched.routes, RULES)
    routing = route_board(board, rules=RULES)
    assert routing.failures == ()
    draw(board, routing.routes, RULES)
    draw(board, stitching_grid(board, rules=RULES), RULES)
    pour_ground(board)
    pcbnew.SaveBoard(str(path), board, True)

    report = kicad.design_rule_report(path, tmp_path / "drc.json", schematic_parity=False)
    assert report["unconnected_items"] == []
    assert copper_faults(report) == []

    # once more on the routed board: all is joined already
    assert route_board(board, rules=RULES).routes == Routes()


def test_moving_one_part_keeps_the_tracks_of_the_others(tmp_path: Path) -> None:
    board = unrouted(tmp_path / "board.kicad_pcb")
    draw(board, stitch_pads(board, rules=RULES).routes, RULES)
    first = route_board(board, rules=RULES)
    board.FindFootprintByReference("R3").Move(pcbnew.VECTOR2I(pcbnew.FromMM(0.5), 0))
    second = route_board(board, rules=RULES, previous=first.routes)
    assert second.failures == ()
    assert set(second.kept) >= set("ABCDEFGHIKL")
    assert all(first.routes.of_net(net) == second.routes.of_net(net) for net in second.kept)
