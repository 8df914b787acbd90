"""Each supply pin's capacitor is at the pin, and short copper joins them.

Which capacitor serves which pin is the circuit's matter (`decoupling`). Here: the gap between the edges of their pads
is at most the part's figure, and the copper in the fabrication files joins them without leaving a window that reaches
that same figure beyond both pads. A capacitor that is near but joined around the board does not decouple.
"""

from typing import NamedTuple

import shapely

from hardware.checks import decoupling
from hardware.checks.placed import Placed, PlacedPad
from hardware.gerbers import islands, shapes
from hardware.gerbers.read import SIDES, Gerbers
from hardware.netlist import Netlist, Terminal


class Measured(NamedTuple):
    """One capacitor at its pin; `gap_mm` is from pad edge to pad edge, `joined` within the window."""

    ref: str
    supply_pin: str
    capacitor: str
    gap_mm: float
    allowed_mm: float
    joined: bool


def findings(netlist: Netlist, board: Placed, gerbers: Gerbers) -> list[str]:
    found = []
    for m in measure(netlist, board, gerbers):
        if m.gap_mm > m.allowed_mm:
            found.append(f"{m.capacitor} is {m.gap_mm:.2f} mm from pin {m.supply_pin} of {m.ref}, more than {m.allowed_mm:g} mm")
        if not m.joined:
            found.append(
                f"no copper joins {m.capacitor} to pin {m.supply_pin} of {m.ref} within {m.allowed_mm:g} mm of their pads"
            )
    return found


def measure(netlist: Netlist, board: Placed, gerbers: Gerbers) -> list[Measured]:
    """Every capacitor that the circuit assigns to a supply pin, if the board has both parts."""
    measured = []
    for assignment in decoupling.assignments(netlist):
        supply = netlist.net_of(assignment.ref, assignment.supply_pin)
        pin_pads = _pads(netlist, board, assignment.ref, supply, assignment.supply_pin)
        capacitor_pads = _pads(netlist, board, assignment.capacitor, supply)
        pairs = [(p, c) for p in pin_pads for c in capacitor_pads]
        if pairs:
            pin, capacitor = min(pairs, key=lambda pair: float(pair[0].shape.distance(pair[1].shape)))
            gap = float(pin.shape.distance(capacitor.shape))
            joined = _are_joined(gerbers, pin, capacitor, assignment.distance_mm)
            measured.append(
                Measured(assignment.ref, assignment.supply_pin, assignment.capacitor, gap, assignment.distance_mm, joined)
            )
    return measured


def _pads(netlist: Netlist, board: Placed, ref: str, net: str | None, number: str = "") -> list[PlacedPad]:
    """Pads of the part on the net, or only those of one number."""
    if ref not in board.by_reference or net is None:
        return []
    on_net = set(netlist.nets[net])
    pads = board.by_reference[ref].pads
    return [pad for pad in pads if Terminal(ref, pad.number) in on_net and number in ("", pad.number)]


def _are_joined(gerbers: Gerbers, pin: PlacedPad, capacitor: PlacedPad, reach_mm: float) -> bool:
    left, bottom = gerbers.corner
    around = shapely.union(pin.shape, capacitor.shape).bounds
    window = shapely.box(
        around[0] + left - reach_mm, around[1] + bottom - reach_mm, around[2] + left + reach_mm, around[3] + bottom + reach_mm
    )
    copper = {
        side: [piece for p in gerbers.copper[side] if p.intersects(window) for piece in shapes.polygons(p.intersection(window))]
        for side in SIDES
    }
    local = islands.join(copper, [hole for hole in gerbers.holes if hole.shape.intersects(window)])
    at_pin, at_capacitor = (
        {island for side in pad.sides for island in local.at(side, pad.x + left, pad.y + bottom)} for pad in (pin, capacitor)
    )
    return bool(at_pin & at_capacitor)
