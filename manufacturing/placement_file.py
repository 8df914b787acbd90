"""Where the assembler puts which part: read from the board or panel itself, written as JLCPCB's placement file (CPL).

Designators: a board's are the circuit's (R1). On a panel each copy of the board adds its number (R1_1, R1_2 ...), so
that a line of the file is one place, and bill, placement file and panel can be compared name by name.

Position: the middle of the pads' bounding box, from the lower left corner of board or panel, y up, as in the gerbers.
Every part of ours has its body centre there, except the cell holder, whose round part is off the middle of its two
pins; it goes in by its pins, and JLCPCB's library shows parts about the middle of their pads.

Rotation: counter-clockwise, KiCad's plus the part's offset (JLCPCB turns some packages otherwise on the tape). A part
on the back is given as seen through the board, 180 degrees minus KiCad's angle: KiKit 1.8.1, fab/common.py, does so
for JLCPCB.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pcbnew

from hardware import board_file, tables
from hardware.errors import InputError
from hardware.netlist import Component, Netlist, natural_order

COLUMNS = ("Designator", "Mid X", "Mid Y", "Layer", "Rotation")

_COPY = "_"  # between the circuit's reference and the number of the copy


@dataclass(frozen=True)
class Placement:
    """One part to be placed. Millimetres and degrees as in the file; `copy` is 0 on a single board."""

    component: Component
    copy: int
    x_mm: float
    y_mm: float
    layer: str  # Top or Bottom
    rotation_deg: float

    @property
    def designator(self) -> str:
        return designator(self.component.ref, self.copy)


def designator(ref: str, copy: int) -> str:
    """The name of the circuit's part on a copy of the board; 0 is the board by itself."""
    return f"{ref}{_COPY}{copy}" if copy else ref


def read(board: Path, netlist: Netlist) -> tuple[Placement, ...]:
    """What is to be assembled on a board or panel, by reference and copy.

    InputError if the board lacks a part of the circuit, or has one that is unknown or has no order code.
    """
    pcb = board_file.load(board)
    origin = pcb.GetDesignSettings().GetAuxOrigin()
    placements = []
    for footprint in pcb.GetFootprints():
        if footprint.IsExcludedFromPosFiles():
            continue
        ref, _, copy = footprint.GetReference().partition(_COPY)
        component = _component(board, netlist, ref, footprint.GetReference())
        if component.part.fitted_by_user:
            continue
        x, y = _middle(footprint)
        placements.append(
            Placement(
                component=component,
                copy=int(copy or 0),
                x_mm=round(pcbnew.ToMM(x - origin.x), 4),
                y_mm=round(pcbnew.ToMM(origin.y - y), 4),
                layer="Bottom" if footprint.IsFlipped() else "Top",
                rotation_deg=_rotation(footprint, component),
            )
        )
    _check_complete(board, netlist, placements)
    return tuple(sorted(placements, key=lambda p: (natural_order(p.component.ref), p.copy)))


def text(placements: tuple[Placement, ...]) -> str:
    """The CPL as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for p in placements:
        writer.writerow([p.designator, f"{p.x_mm:.4f}", f"{p.y_mm:.4f}", p.layer, f"{p.rotation_deg:g}"])
    return out.getvalue()


def _component(board: Path, netlist: Netlist, ref: str, name: str) -> Component:
    component = netlist.components.get(ref)
    if component is None:
        raise InputError(f"{tables.shown(board)} has {name}, which is not in the circuit: run make to draw the board again")
    if not component.lcsc:
        raise InputError(
            f"{ref} ({component.part.name}) has no LCSC number, so it cannot be ordered: "
            "give its definition in hardware/parts one, or keep its footprint out of the placement file"
        )
    return component


def _middle(footprint: pcbnew.FOOTPRINT) -> tuple[int, int]:
    """Centre of the pads' bounding box, in KiCad's units."""
    box = pcbnew.BOX2I()
    for pad in footprint.Pads():
        box.Merge(pad.GetBoundingBox())
    centre = box.GetCenter()
    return centre.x, centre.y


def _rotation(footprint: pcbnew.FOOTPRINT, component: Component) -> float:
    angle = footprint.GetOrientationDegrees()
    if footprint.IsFlipped():
        angle = 180.0 - angle
    return float(round(angle + component.part.rotation_offset_deg, 3) % 360.0)


def _check_complete(board: Path, netlist: Netlist, placements: list[Placement]) -> None:
    placed = {(p.component.ref, p.copy) for p in placements}
    copies = {p.copy for p in placements} or {0}
    for component in netlist.components.values():
        if not component.part.is_bought or component.part.fitted_by_user:
            continue
        for copy in sorted(copies):
            if (component.ref, copy) not in placed:
                raise InputError(
                    f"{tables.shown(board)} lacks {designator(component.ref, copy)} ({component.part.name}), "
                    "or its footprint is kept out of the placement file: give it a footprint and run make again"
                )
