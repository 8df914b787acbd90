"""What is ordered, what is placed and what is on the board are the same parts, on the board and on the panel.

Read from the files as written. Beyond the references: each line's order code is the circuit's, and each position is on
the pads of its part in the very frame of the gerbers, on its side.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import shapely

from hardware import tables
from hardware.checks.panel_copies import base_reference
from hardware.checks.placed import Placed, PlacedPart
from hardware.gerbers.read import Gerbers
from hardware.netlist import Netlist, natural_order

# JLCPCB's columns.
_BOM = ("Comment", "Designator", "Footprint", "JLCPCB Part #")
_CPL = ("Designator", "Mid X", "Mid Y", "Layer", "Rotation")


@dataclass(frozen=True)
class OrderFiles:
    """Bill of materials and placement file, as uploaded."""

    bom: Path
    cpl: Path


def findings(netlist: Netlist, placed: Placed, gerbers: Gerbers, order: OrderFiles, boards: int = 1) -> list[str]:
    """One sentence for each disagreement. `placed` is the board, or the panel with its number of boards."""
    bought, placements = _bom(order.bom), tables.read(order.cpl, _CPL)
    named = {"BOM": [name for name, _ in bought], "CPL": [row.text("Designator") for row in placements]}
    printed = [part.reference for part in placed.parts if _circuit_reference(netlist, part.reference)]
    return [
        *(f"{tables.shown(order.bom.parent)}: {text}" for text in _disagreements(netlist, named, printed, boards)),
        *(f"{tables.shown(order.bom)}: {text}" for text in _wrong_codes(netlist, bought)),
        *(f"{tables.shown(order.cpl)}: {text}" for text in _wrong_places(placed, gerbers, placements)),
    ]


def _disagreements(netlist: Netlist, named: dict[str, list[str]], printed: list[str], boards: int) -> Iterator[str]:
    wanted = {
        ref for ref, component in netlist.components.items() if component.part.is_bought and not component.part.fitted_by_user
    }
    for file, names in named.items():
        yield from (f"{name} is {count} times in the {file}" for name, count in Counter(names).items() if count > 1)
        yield from (f"the {file} names {name}, which the board does not have" for name in _sorted(set(names) - set(printed)))
        yield from (
            f"the {file} names {name}, which is not to be assembled"
            for name in _sorted(set(names) & set(printed))
            if _circuit_reference(netlist, name) not in wanted
        )
        counts = Counter(_circuit_reference(netlist, name) for name in set(names))
        yield from (
            f"the {file} has {ref} {counts[ref]} times, for {boards} boards" for ref in _sorted(wanted) if counts[ref] != boards
        )
    bom, cpl = (set(names) for names in named.values())
    yield from (f"{name} is in the BOM but not in the CPL" for name in _sorted(bom - cpl))
    yield from (f"{name} is in the CPL but not in the BOM" for name in _sorted(cpl - bom))
    on_board = Counter(_circuit_reference(netlist, name) for name in printed)
    yield from (
        f"{placed_times} {ref} are placed, for {boards} boards"
        for ref in netlist.components
        if (placed_times := on_board[ref]) != boards
    )


def _bom(path: Path) -> list[tuple[str, str]]:
    """Designator and order code of each part on the bill."""
    return [
        (designator.strip(), row.text("JLCPCB Part #"))
        for row in tables.read(path, _BOM)
        for designator in row.text("Designator").split(",")
    ]


def _wrong_codes(netlist: Netlist, bought: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, code in bought:
        ref = _circuit_reference(netlist, name)
        if ref and netlist.components[ref].lcsc != code:
            yield f"{name} is ordered as {code}, but the circuit has {netlist.components[ref].lcsc or 'no order code'}"


def _wrong_places(placed: Placed, gerbers: Gerbers, placements: Iterable[tables.Row]) -> Iterator[str]:
    left, bottom = gerbers.corner
    for row in placements:
        part = placed.by_reference.get(row.text("Designator"))
        if part is None:
            continue  # among the disagreements
        spot = shapely.Point(_millimetres(row, "Mid X") - left, _millimetres(row, "Mid Y") - bottom)
        if not shapely.box(*_extent(part)).covers(spot):
            yield f"{part.reference} is at ({spot.x:.2f}, {spot.y:.2f}) mm, off its pads at ({part.x:.2f}, {part.y:.2f}) mm"
        if row.text("Layer").lower() != part.side:
            yield f"{part.reference} is on layer {row.text('Layer')}, but the board has it on the {part.side}"


def _extent(part: PlacedPart) -> tuple[float, float, float, float]:
    bounds: tuple[float, float, float, float] = shapely.union_all([pad.shape for pad in part.pads]).bounds
    return bounds


def _millimetres(row: tables.Row, column: str) -> float:
    try:
        return float(row.text(column).removesuffix("mm"))
    except ValueError:
        raise row.fault(f"{column} is {row.fields[column]!r}: write millimetres as a decimal number") from None


def _circuit_reference(netlist: Netlist, name: str) -> str | None:
    return base_reference(name, netlist.components)


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=natural_order)
