"""A board small enough to know by heart, drawn and exported with the real tools, so that tests can put faults into it.

An antenna (a net tie), an op-amp with its capacitor, a resistor, test points, and a cell holder on the back; ground is
poured on both sides. Net PROBE changes sides twice. Coordinates are hardware/layout/drawing's: mm, y down.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pcbnew

from hardware import kicad
from hardware.checks import placed
from hardware.checks.placed import Placed
from hardware.footprints import library
from hardware.gerbers import read as gerbers
from hardware.gerbers.read import Gerbers
from hardware.layout import pours, rules
from hardware.layout.drawing import at, line, track, via
from hardware.layout.outline import HEIGHT_MM, WIDTH_MM
from hardware.netlist import Component, Netlist, Terminal
from hardware.parts import PARTS
from manufacturing import archive, fabrication

PLACES: dict[str, tuple[str, float, float, float, bool]] = {  # reference: part, x, y, rotation, on the back
    "AE1": ("antenna_swra117d", 7.45, 5.60, 0, False),
    "BT1": ("BS-02-A1AJ010", 12.0, 18.6, 90, True),
    "C1": ("C_100n", 18.2, 20.0, 0, False),
    "R1": ("R_100k", 12.0, 25.0, 0, False),
    "TP1": ("test_point", 4.0, 12.0, 0, False),
    "TP2": ("test_point", 7.45, 9.0, 0, False),
    "TP3": ("test_point", 20.0, 12.0, 0, False),
    "U1": ("LMV321IDBVR", 18.2, 23.0, 0, False),
}
_WIRES = {
    "GND": ("AE1.2", "BT1.1", "C1.2", "U1.2"),
    "VBAT": ("BT1.2", "C1.1", "U1.5"),
    "RF_ANT": ("AE1.1", "TP2.1"),
    "IN": ("R1.2", "U1.1"),
    "PROBE": ("R1.1", "TP1.1"),
    "OUT": ("U1.3", "U1.4"),
}
CIRCUIT = Netlist(  # TP3 is open
    {
        ref: Component(ref, part, part.value, part.footprint, part.lcsc, part.mpn, "audio", ref)
        for ref, part in ((ref, PARTS[place[0]]) for ref, place in PLACES.items())
    },
    {net: tuple(Terminal(*pin.split(".")) for pin in pins) for net, pins in _WIRES.items()},
)

TRACKS: dict[str, tuple[tuple[str, tuple[tuple[float, float], ...]], ...]] = {  # net: side, points
    "RF_ANT": (("F.Cu", ((7.45, 5.6), (7.45, 9.0))),),
    "VBAT": (
        ("F.Cu", ((12.0, 8.6), (15.0, 8.6), (17.72, 11.32), (17.72, 20.0))),
        ("F.Cu", ((17.72, 20.0), (17.72, 20.5), (19.3375, 22.05))),
    ),
    "IN": (("F.Cu", ((12.51, 25.0), (15.46, 22.05), (17.0625, 22.05))),),
    "PROBE": (
        ("F.Cu", ((4.0, 12.0), (4.0, 14.0))),
        ("B.Cu", ((4.0, 14.0), (4.0, 25.0))),
        ("F.Cu", ((4.0, 25.0), (11.49, 25.0))),
    ),
    "OUT": (("F.Cu", ((17.0625, 23.95), (17.0625, 25.5), (19.3375, 25.5), (19.3375, 23.95))),),
}
VIAS = {"PROBE": ((4.0, 14.0), (4.0, 25.0)), "GND": ((21.0, 20.0), (14.0, 28.0))}

Alteration = Callable[[pcbnew.BOARD], None]


def unaltered(board: pcbnew.BOARD) -> None:
    """Nothing is wrong with it."""


def draw(
    folder: Path, alter: Alteration = unaltered, places: Mapping[str, tuple[str, float, float, float, bool]] = PLACES
) -> Path:
    """Draw the board into the folder; `alter` changes it before ground is poured."""
    library.write(folder)
    target = folder / "small.kicad_pcb"
    target.with_suffix(".kicad_pro").write_text(rules.project(), encoding="utf-8")
    target.with_suffix(".kicad_dru").write_text(rules.CUSTOM_RULES, encoding="utf-8")
    target.write_text(Path(rules.__file__).with_name("empty.kicad_pcb").read_text(encoding="utf-8"), encoding="utf-8")
    board = pcbnew.LoadBoard(str(target))
    board.GetDesignSettings().SetAuxOrigin(at(0, HEIGHT_MM))
    line(board, pcbnew.Edge_Cuts, ((0, 0), (WIDTH_MM, 0), (WIDTH_MM, HEIGHT_MM), (0, HEIGHT_MM), (0, 0)), 0.1)
    for name in CIRCUIT.nets:
        board.Add(pcbnew.NETINFO_ITEM(board, name))
    for ref, (_, x, y, rotation, on_back) in places.items():
        _place(board, folder, CIRCUIT.components[ref], (x, y), rotation, on_back)
    for net, runs in TRACKS.items():
        for layer, points in runs:
            track(board, board.FindNet(net), board.GetLayerID(layer), points, 0.2)
    for net, spots in VIAS.items():
        for x, y in spots:
            via(board, board.FindNet(net), x, y, rules.VIA_MM, rules.VIA_DRILL_MM)
    alter(board)
    pours.keep_antenna_clear(board)
    pours.pour_ground(board, board.FindNet("GND"))
    pours.fill(board)
    pcbnew.SaveBoard(str(target), board, True)
    return target


def exported(board: Path, change: Callable[[str, str], str] = lambda _, text: text) -> Path:
    """gerbers.zip beside the board; `change` gets each file's name and text and returns the text to pack."""
    contents = {name: change(name, text.decode()).encode() for name, text in fabrication.gerbers(board).items()}
    target = board.with_name(f"{board.stem}-gerbers.zip")
    target.write_bytes(archive.packed(contents))
    return target


def read(board: Path, change: Callable[[str, str], str] = lambda _, text: text) -> tuple[Placed, Gerbers]:
    """What the checks read of the board."""
    return placed.read(board, "the test"), gerbers.read(exported(board, change))


def add_track(net: str, layer: str, *points: tuple[float, float], width_mm: float = 0.2) -> Alteration:
    return lambda board: track(board, board.FindNet(net), board.GetLayerID(layer), points, width_mm)


def remove_tracks(net: str, x: float, y: float) -> Alteration:
    """Take away the net's segments that end at the point; vias stay."""

    def alter(board: pcbnew.BOARD) -> None:
        segments = [t for t in board.GetTracks() if t.Type() == pcbnew.PCB_TRACE_T and t.GetNetname() == net]
        ending = [segment for segment in segments if at(x, y) in (segment.GetStart(), segment.GetEnd())]
        assert ending
        for segment in ending:
            board.Remove(segment)

    return alter


def _place(
    board: pcbnew.BOARD, folder: Path, component: Component, where: tuple[float, float], rotation: float, on_back: bool
) -> None:
    nickname, _, name = component.footprint.partition(":")
    source = folder / "dollar.pretty" if nickname == "dollar" else kicad.FOOTPRINT_LIBRARIES / f"{nickname}.pretty"
    footprint = pcbnew.FootprintLoad(str(source), name)
    footprint.SetReference(component.ref)
    board.Add(footprint)
    footprint.SetPosition(at(*where))
    if on_back:
        footprint.Flip(at(*where), pcbnew.FLIP_DIRECTION_LEFT_RIGHT)
    footprint.SetOrientationDegrees(rotation)
    for pad in footprint.Pads():
        net = CIRCUIT.net_of(component.ref, pad.GetNumber()) if pad.GetNumber() else None
        if net:
            pad.SetNet(board.FindNet(net))
