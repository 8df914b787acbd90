"""Where the centre of each pad lies, from the placement table and the footprints' own files: without KiCad's Python."""

from functools import lru_cache
from math import cos, radians, sin

from hardware import kicad, sexpr
from hardware.errors import InputError
from hardware.footprints import library
from hardware.layout.placement import PLACEMENT, Place
from hardware.netlist import Netlist, Terminal

Point = tuple[float, float]


def pad_centres(netlist: Netlist, table: tuple[Place, ...] = PLACEMENT) -> dict[Terminal, Point]:
    """In mm on the board as seen from the top. Parts that the table does not place are left out."""
    return {
        Terminal(place.ref, number): _on_board(place, x, y)
        for place in table
        if place.ref in netlist.components
        for number, x, y in _footprint(netlist.components[place.ref].footprint)
    }


def _on_board(place: Place, x: float, y: float) -> Point:
    """KiCad turns counter-clockwise while y grows downwards; a part on the back is mirrored in y before."""
    turned, y = radians(place.rotation), -y if place.side == "bottom" else y
    return place.x + x * cos(turned) + y * sin(turned), place.y - x * sin(turned) + y * cos(turned)


@lru_cache
def _footprint(name: str) -> tuple[tuple[str, float, float], ...]:
    """Number and centre of each pad. InputError if the footprint is in no library."""
    folder, _, own = name.partition(":")
    for footprint in library.FOOTPRINTS:
        if (folder, own) == (library.LIBRARY, footprint.name):
            return tuple((pad.number, pad.x, pad.y) for pad in footprint.pads)
    try:
        file = sexpr.parse((kicad.FOOTPRINT_LIBRARIES / f"{folder}.pretty" / f"{own}.kicad_mod").read_text(encoding="utf-8"))
        pads = [(str(pad[1]), sexpr.child(pad, "at") or []) for pad in sexpr.children(file, "pad")]
        return tuple((number, float(at[1]), float(at[2])) for number, at in pads)
    except (OSError, ValueError, IndexError):
        raise InputError(f"the footprint {name} is missing or damaged in KiCad's library: run scripts/setup") from None
