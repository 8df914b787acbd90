"""The board: outline, parts, tracks, ground, silkscreen, in this order."""

from pathlib import Path

import pcbnew

from hardware import files, paths
from hardware.footprints import library
from hardware.layout import pours, rules
from hardware.layout.copper import draw_by_hand, draw_routed
from hardware.layout.drawing import arc, at, line
from hardware.layout.footprints import check_table, place_all
from hardware.layout.outline import CORNER_MM, HEIGHT_MM, WIDTH_MM
from hardware.layout.router import Routing
from hardware.layout.silk import draw_silk
from hardware.netlist import Netlist
from hardware.schematic.identity import kicad_net

_IDENTIFIER_SEED = 2032  # KiCad gives every item a random identifier; seeded, the same build gives the same ones
_EMPTY_BOARD = Path(__file__).with_name("empty.kicad_pcb")


def build(netlist: Netlist, target: Path = paths.BOARD) -> Routing:
    """Draw the board and write it beside its project file; what could not be routed is among the answer's failures."""
    check_table(netlist)
    library.write(target.parent)
    files.write(target.with_suffix(".kicad_pro"), rules.project())
    files.write(target.with_suffix(".kicad_dru"), rules.CUSTOM_RULES)

    pcbnew.KIID.SeedGenerator(_IDENTIFIER_SEED)
    board = _empty(target)
    _draw_outline(board)
    place_all(board, netlist)
    nets = {name: board.FindNet(kicad_net(netlist, name)) for name in netlist.nets}
    pours.keep_antenna_clear(board)
    draw_by_hand(board, nets)
    routing = draw_routed(board, nets)
    pours.pour_ground(board, nets["GND"])
    draw_silk(board)
    pours.fill(board)
    _save(board, target)
    return routing


def _empty(target: Path) -> pcbnew.BOARD:
    """A board with our layers and stack-up that obeys the project file beside it."""
    files.write(target, _EMPTY_BOARD.read_text(encoding="utf-8"))
    board = pcbnew.LoadBoard(str(target))
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
        arc(board, pcbnew.Edge_Cuts, *corner, 0.1)


def _save(board: pcbnew.BOARD, target: Path) -> None:
    """Save beside, then rename: KiCad would leave half a file if it were stopped."""
    beside = target.with_name(f".{target.name}")
    pcbnew.SaveBoard(str(beside), board, True)  # True: leave the project file as we wrote it
    content = beside.read_bytes()
    beside.unlink()
    files.write(target, content)
