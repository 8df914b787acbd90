"""The board: outline, parts, tracks, ground, silkscreen, in this order."""

from pathlib import Path

import pcbnew

from hardware import files, paths, revision
from hardware.footprints import library
from hardware.layout import pours, rules
from hardware.layout.copper import draw_by_hand, draw_routed
from hardware.layout.drawing import arc, at, line
from hardware.layout.footprints import check_table, place_all
from hardware.layout.outline import CORNER_MM, HEIGHT_MM, WIDTH_MM
from hardware.layout.placement import PLACEMENT, Place
from hardware.layout.router import Routing
from hardware.layout.silk import draw_silk
from hardware.netlist import Netlist
from hardware.schematic.identity import kicad_net

_IDENTIFIER_SEED = 2032  # KiCad gives every item a random identifier; seeded, the same build gives the same ones
_EMPTY_BOARD = Path(__file__).with_name("empty.kicad_pcb")


def build(netlist: Netlist, target: Path = paths.BOARD, placement: tuple[Place, ...] = PLACEMENT) -> Routing:
    """Draw the board and write it beside its project file; what could not be routed is among the answer's failures."""
    check_table(netlist, placement)
    library.write(target.parent)
    files.write(target.with_suffix(".kicad_pro"), rules.project())
    files.write(target.with_suffix(".kicad_dru"), rules.CUSTOM_RULES)

    pcbnew.KIID.SeedGenerator(_IDENTIFIER_SEED)
    beside = target.with_name(f".{target.name}")  # KiCad would leave half a file if it were stopped
    try:
        board = _empty(beside)
        _draw_outline(board)
        place_all(board, netlist, placement)
        nets = {name: board.FindNet(kicad_net(netlist, name)) for name in netlist.nets}
        pours.keep_antenna_clear(board)
        draw_by_hand(board, nets)
        routing = draw_routed(board, nets)
        pours.pour_ground(board, nets["GND"])
        draw_silk(board)
        pours.fill(board)
        pcbnew.SaveBoard(str(beside), board, True)  # True: leave the project file as we wrote it
        files.write(target, beside.read_bytes())
    finally:
        for leftover in (beside, beside.with_suffix(".kicad_pro"), beside.with_suffix(".kicad_dru")):
            leftover.unlink(missing_ok=True)
    return routing


def _empty(file: Path) -> pcbnew.BOARD:
    """A board with our layers and stack-up that obeys our rules."""
    files.write(file, _EMPTY_BOARD.read_text(encoding="utf-8"))
    files.write(file.with_suffix(".kicad_pro"), rules.project())
    files.write(file.with_suffix(".kicad_dru"), rules.CUSTOM_RULES)
    board = pcbnew.LoadBoard(str(file))
    sheet = board.GetTitleBlock()
    sheet.SetTitle(revision.BOARD)
    sheet.SetRevision(revision.REVISION)
    sheet.SetDate(revision.DATE)
    sheet.SetComment(0, f"Licence: {revision.LICENCE}")
    # Placement and drill files count from the board's lower left corner.
    board.GetDesignSettings().SetAuxOrigin(at(0, HEIGHT_MM))
    return board


def _draw_outline(board: pcbnew.BOARD) -> None:
    right, bottom, r = WIDTH_MM, HEIGHT_MM, CORNER_MM
    k = r * (1 - 2**-0.5)  # where a corner's arc has its middle
    sides = (
        ((r, 0), (right - r, 0)),
        ((right, r), (right, bottom - r)),
        ((right - r, bottom), (r, bottom)),
        ((0, bottom - r), (0, r)),
    )
    corners = (
        ((0, r), (k, k), (r, 0)),
        ((right - r, 0), (right - k, k), (right, r)),
        ((right, bottom - r), (right - k, bottom - k), (right - r, bottom)),
        ((r, bottom), (k, bottom - k), (0, bottom - r)),
    )
    for side in sides:
        line(board, pcbnew.Edge_Cuts, side, 0.1)
    for corner in corners:
        arc(board, pcbnew.Edge_Cuts, corner, 0.1)
