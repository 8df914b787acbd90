"""The bill of materials as JLCPCB reads it: what is placed, one row per order code."""

import csv
import io

from manufacturing.placement_file import Placement

COLUMNS = ("Comment", "Designator", "Footprint", "JLCPCB Part #")
DESIGNATORS_PER_ROW = 200  # JLCPCB's limit (help page of 2026-01-19); a panel may have more of one part


def text(placements: tuple[Placement, ...]) -> str:
    """The BOM as CSV, in the order of the first reference of each part."""
    by_code: dict[str, list[Placement]] = {}
    for placement in placements:
        by_code.setdefault(placement.component.lcsc, []).append(placement)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, places in by_code.items():
        component = places[0].component
        package = component.footprint.partition(":")[2]
        for first in range(0, len(places), DESIGNATORS_PER_ROW):
            names = ",".join(p.designator for p in places[first : first + DESIGNATORS_PER_ROW])
            writer.writerow([component.value, names, package, code])
    return out.getvalue()
