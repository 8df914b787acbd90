"""The board: outline, parts, tracks, ground, silkscreen, in this order."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pcbnew

from hardware import files, paths
from hardware.footprints import library
from hardware.layout import pours, rules
from hardware.layout.copper import draw_copper
from hardware.layout.drawing import arc, at, line
from hardware.layout.footprints import place_all
from hardware.layout.outline import CORNER_MM, HEIGHT_MM, WIDTH_MM
from hardware.layout.silk import draw_silk
from hardware.netlist import Netlist, Terminal

_IDENTIFIER_SEED = 2032  # KiCad gives every item a random identifier; seeded, the same build gives the same ones
_EMPTY_BOARD = Path(__file__).with_name("empty.kicad_pcb")


@dataclass(frozen=True)
class SchematicLinks:
    """What ties the board to the schematic: each part's sheet path, and the full name that KiCad gives each net."""

    paths: Mapping[str, str]  # reference -> "/sheet uuid/symbol uuid"
    nets: Mapping[str, str]  # net -> "/audio/AMP_FB"


def build(netlist: Netlist, links: SchematicLinks, target: Path = paths.BOARD) -> list[str]:
    """Draw the board and write it beside its project file. Returns the connections that could not be routed."""
    library.write(target.parent)
    files.write(target.with_suffix(".kicad_pro"), rules.project())
    files.write(target.with_suffix(".kicad_dru"), rules.CUSTOM_RULES)

    pcbnew.KIID.SeedGenerator(_IDENTIFIER_SEED)
    board = _empty(target)
    nets = {name: _net(board, links.nets[name]) for name in netlist.nets}
    _draw_outline(board)
    terminals: dict[Terminal, pcbnew.NETINFO_ITEM] = {t: nets[n] for n, ts in netlist.nets.items() for t in ts}
    place_all(board, netlist, terminals, dict(links.paths))
    pours.keep_antenna_clear(board)
    failures = draw_copper(board, nets)
    pours.pour_ground(board, nets["GND"])
    draw_silk(board)
    pours.fill(board)
    _save(board, target)
    return failures


def _empty(target: Path) -> pcbnew.BOARD:
    """A board with our layers and stack-up that obeys the project file beside it."""
    files.write(target, _EMPTY_BOARD.read_text(encoding="utf-8"))
    board = pcbnew.LoadBoard(str(target))
    # Placement and drill files count from the board's lower left corner.
    board.GetDesignSettings().SetAuxOrigin(at(0, HEIGHT_MM))
    return board


def _net(board: pcbnew.BOARD, name: str) -> pcbnew.NETINFO_ITEM:
    net = pcbnew.NETINFO_ITEM(board, name)
    board.Add(net)
    return net


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
