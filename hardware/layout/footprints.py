"""Footprints onto the board: loaded from their library, placed by the table, joined to their nets."""

from pathlib import Path

import pcbnew

from hardware import kicad, paths
from hardware.errors import InputError
from hardware.layout.drawing import at, text_style
from hardware.layout.placement import PLACEMENT, Place
from hardware.netlist import Component, Netlist, Terminal

_LABEL_MM = 0.8


def check_table(netlist: Netlist, table: tuple[Place, ...] = PLACEMENT) -> None:
    """InputError if the placement table and the circuit do not name the same parts."""
    placed = [place.ref for place in table]
    source = "hardware/layout/placement.py"
    for ref in placed:
        if placed.count(ref) > 1:
            raise InputError(f"{source} places {ref} twice: delete one row")
        if ref not in netlist.components:
            raise InputError(f"{source} places {ref}, which is not in the circuit: delete its row")
    for ref in netlist.components:
        if ref not in placed:
            raise InputError(f"{source} has no row for {ref}: add Place({ref!r}, x, y, rotation, label)")


def place_all(board: pcbnew.BOARD, netlist: Netlist, nets: dict[Terminal, pcbnew.NETINFO_ITEM], sheets: dict[str, str]) -> None:
    """Add every component. `nets` gives each terminal's net, `sheets` each reference's path in the schematic."""
    check_table(netlist)
    for place in PLACEMENT:
        component = netlist.components[place.ref]
        footprint = _load(component)
        _label(footprint, component, sheets[place.ref])
        board.Add(footprint)
        footprint.SetPosition(at(place.x, place.y))
        if place.side == "bottom":
            footprint.Flip(at(place.x, place.y), pcbnew.FLIP_DIRECTION_LEFT_RIGHT)
        footprint.SetOrientationDegrees(place.rotation)
        for pad in footprint.Pads():
            net = nets.get(Terminal(place.ref, pad.GetNumber()))
            if net is not None:
                pad.SetNet(net)
        reference = footprint.Reference()
        text_style(reference, _LABEL_MM)
        reference.SetTextAngleDegrees(place.label.rotation)
        reference.SetPosition(at(place.x + place.label.dx, place.y + place.label.dy))


def _load(component: Component) -> pcbnew.FOOTPRINT:
    library, _, name = component.footprint.partition(":")
    if not name:
        raise InputError(
            f"{component.ref} ({component.part.name}) has no footprint: give its part definition one, as library:name"
        )
    folder = paths.FOOTPRINTS if library == "dollar" else kicad.FOOTPRINT_LIBRARIES / f"{library}.pretty"
    if not (folder / f"{name}.kicad_mod").is_file():
        raise InputError(
            f"{component.ref} wants footprint {component.footprint}, which is not in {_shown(folder)}: correct the part definition"
        )
    footprint = pcbnew.FootprintLoad(str(folder), name)
    footprint.SetFPID(pcbnew.LIB_ID(library, name))
    return footprint


def _label(footprint: pcbnew.FOOTPRINT, component: Component, path: str) -> None:
    footprint.SetReference(component.ref)
    footprint.SetValue(component.value)
    footprint.SetPath(pcbnew.KIID_PATH(path))
    fields = {"LCSC": component.lcsc, "MPN": component.mpn, "Description": component.part.description}
    for name, text in fields.items():
        footprint.SetField(name, text)
        footprint.GetFieldByName(name).SetVisible(False)
    footprint.Value().SetVisible(True)
    text_style(footprint.Value(), 0.5)


def _shown(folder: Path) -> str:
    return str(folder.relative_to(paths.ROOT)) if folder.is_relative_to(paths.ROOT) else str(folder)
