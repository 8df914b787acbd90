"""Footprints onto the board: loaded from their library, placed by the table, joined to their nets."""

from pathlib import Path

import pcbnew

from hardware import kicad, paths
from hardware.errors import InputError
from hardware.layout.drawing import at, text_style
from hardware.layout.placement import Place
from hardware.netlist import Component, Netlist
from hardware.schematic.identity import footprint_path, kicad_pad_net

_LABEL_MM = 0.8


def check_table(netlist: Netlist, table: tuple[Place, ...]) -> None:
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


def place_all(board: pcbnew.BOARD, netlist: Netlist, table: tuple[Place, ...]) -> None:
    """Add every component where the table says, its pads on the nets that the schematic gives them."""
    for place in table:
        component = netlist.components[place.ref]
        footprint = _load(component)
        _label(footprint, component)
        board.Add(footprint)
        footprint.SetPosition(at(place.x, place.y))
        if place.side == "bottom":
            footprint.Flip(at(place.x, place.y), pcbnew.FLIP_DIRECTION_LEFT_RIGHT)
        footprint.SetOrientationDegrees(place.rotation)
        for pad in footprint.Pads():
            pad.SetNet(_net(board, kicad_pad_net(netlist, place.ref, pad.GetNumber())))
        reference = footprint.Reference()
        text_style(reference, _LABEL_MM)
        reference.SetTextAngleDegrees(place.label.rotation)
        reference.SetPosition(at(place.x + place.label.dx, place.y + place.label.dy))


def _net(board: pcbnew.BOARD, name: str) -> pcbnew.NETINFO_ITEM:
    """The board's net of that name, new if need be."""
    net = board.FindNet(name)
    if net is None:
        net = pcbnew.NETINFO_ITEM(board, name)
        board.Add(net)
    return net


def _load(component: Component) -> pcbnew.FOOTPRINT:
    library, _, name = component.footprint.partition(":")
    if not name:
        raise InputError(
            f"{component.ref} ({component.part.name}) has no footprint: give its part definition one, as library:name"
        )
    folder = paths.FOOTPRINTS if library == "dollar" else kicad.FOOTPRINT_LIBRARIES / f"{library}.pretty"
    if not (folder / f"{name}.kicad_mod").is_file():
        raise InputError(
            f"{component.ref} wants footprint {component.footprint}, which is not in {_shown(folder)}: correct its definition"
        )
    footprint = pcbnew.FootprintLoad(str(folder), name)
    footprint.SetFPID(pcbnew.LIB_ID(library, name))
    return footprint


def _label(footprint: pcbnew.FOOTPRINT, component: Component) -> None:
    footprint.SetReference(component.ref)
    footprint.SetValue(component.value)
    footprint.SetPath(pcbnew.KIID_PATH(footprint_path(component)))
    fields = {"LCSC": component.lcsc, "MPN": component.mpn, "Description": component.part.description}
    for name, text in fields.items():
        footprint.SetField(name, text)
        footprint.GetFieldByName(name).SetVisible(False)
    footprint.Value().SetVisible(True)
    text_style(footprint.Value(), 0.5)


def _shown(folder: Path) -> str:
    return str(folder.relative_to(paths.ROOT)) if folder.is_relative_to(paths.ROOT) else str(folder)
