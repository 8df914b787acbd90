"""The faults of a board by class, without running any: as a table or as JSON."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.table import Table

from manufacturing.station.coverage.derive import Derived
from manufacturing.station.coverage.fault import NOT_DERIVED, FaultClass, LeftOut
from manufacturing.station.coverage.pads import NEIGHBOUR_GAP_MM, PIN_GAP_MM


def as_json(derived: Derived) -> dict[str, Any]:
    return {
        "faults": len(derived.faults),
        "different_boards": len({fault.change for fault in derived.faults}),
        "by_class": {str(kind): counts for kind, counts in _by_class(derived).items()},
        "pin_gap_mm": PIN_GAP_MM,
        "neighbour_gap_mm": NEIGHBOUR_GAP_MM,
        "list": [{"name": f.name, "class": f.fault_class, "sentence": f.sentence} for f in derived.faults],
        "equivalent": _left_out(derived.equivalent),
        "not_represented": _left_out(derived.not_represented),
        "not_derived": NOT_DERIVED,
    }


def _left_out(faults: tuple[LeftOut, ...]) -> list[dict[str, str]]:
    return [{"name": f.fault.name, "class": f.fault.fault_class, "reason": f.reason} for f in faults]


def _by_class(derived: Derived) -> dict[FaultClass, dict[str, int]]:
    faults = Counter(fault.fault_class for fault in derived.faults)
    equivalent = Counter(left.fault.fault_class for left in derived.equivalent)
    unseen = Counter(left.fault.fault_class for left in derived.not_represented)
    return {
        kind: {"faults": faults[kind], "equivalent": equivalent[kind], "not_represented": unseen[kind]} for kind in FaultClass
    }


def show(derived: Derived) -> None:
    table = Table(box=None, header_style="bold")
    table.add_column("class")
    for column in ("faults", "no difference", "no model"):
        table.add_column(column, justify="right")
    for kind, counts in _by_class(derived).items():
        table.add_row(kind, *(str(count) for count in counts.values()))
    totals = (len(derived.faults), len(derived.equivalent), len(derived.not_represented))
    table.add_row("all", *map(str, totals), style="bold")
    console = Console()
    console.print(table)
    console.print(
        f"\nPads of one part up to {PIN_GAP_MM:g} mm apart are adjacent, of neighbouring parts up to {NEIGHBOUR_GAP_MM:g} mm."
    )
    for title, left_out in (("No difference", derived.equivalent), ("No model", derived.not_represented)):
        for reason, count in Counter(left.reason for left in left_out).most_common():
            console.print(f"{title}: {count} where {reason}", highlight=False)
    for kind, reason in NOT_DERIVED.items():
        console.print(f"No faults of {kind}: {reason}", highlight=False)
