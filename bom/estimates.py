"""Prices that no seller quoted: the cell and the bare board. All of them unverified, so the pessimistic end is taken."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from hardware import tables

PARTS_FILE = Path(__file__).with_name("estimates.csv")
PCB_FILE = Path(__file__).with_name("pcb.csv")
PARTS_COLUMNS = ("part", "unit_price_usd", "date", "source", "before_paying")
PCB_COLUMNS = ("boards", "usd_per_board", "area_mm2", "source", "verified")


@dataclass(frozen=True)
class Estimate:
    """Price of a part that has no order code."""

    unit_usd: float
    day: date
    source: str
    before_paying: str


@dataclass(frozen=True)
class PcbPoint:
    """Price of one bare board in an order of so many, for the area at which it was estimated."""

    boards: int
    usd_per_mm2: float
    source: str
    verified: bool


def load_parts(path: Path = PARTS_FILE) -> Mapping[str, Estimate]:
    """Estimates by the name of the part."""
    return {
        row.text("part"): Estimate(row.dollars("unit_price_usd"), row.day("date"), row.text("source"), row.text("before_paying"))
        for row in tables.read(path, PARTS_COLUMNS)
    }


def load_pcb(path: Path = PCB_FILE) -> tuple[PcbPoint, ...]:
    """Known points, numbers of boards rising. InputError with file and line unless there are two or more, all different."""
    rows = tables.read(path, PCB_COLUMNS)
    points = sorted((_point(row) for row in rows), key=lambda point: point.boards)
    if len({point.boards for point in points}) < max(2, len(points)):
        raise rows[-1].fault("two or more lines with different numbers of boards are needed: add or correct one")
    return tuple(points)


def pcb_usd(points: tuple[PcbPoint, ...], boards: int, area_mm2: float) -> float:
    """Price of one bare board.

    In proportion to area, and a power of the number of boards between two known points, which is a straight line
    on double logarithmic paper. Below the first point the line goes on, because the set-up is shared by fewer boards;
    beyond the last the price stays, because nothing is known that would lower it.
    """
    boards = min(boards, points[-1].boards)
    lower, upper = next((pair for pair in pairwise(points) if boards <= pair[1].boards), points[-2:])
    slope = math.log(upper.usd_per_mm2 / lower.usd_per_mm2) / math.log(upper.boards / lower.boards)
    return lower.usd_per_mm2 * math.pow(boards / lower.boards, slope) * area_mm2


def _point(row: tables.Row) -> PcbPoint:
    usd_per_mm2 = row.dollars("usd_per_board") / row.dollars("area_mm2")
    return PcbPoint(row.whole("boards", least=1), usd_per_mm2, row.text("source"), row.yes("verified"))
