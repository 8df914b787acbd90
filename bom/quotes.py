"""Dated prices: one snapshot per file of bom/prices."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from hardware import tables
from hardware.errors import InputError
from hardware.parts.catalogue import order_code

FOLDER = Path(__file__).parent / "prices"
COLUMNS = ("lcsc", "qty", "unit_price_usd", "stock", "source", "verified")


@dataclass(frozen=True)
class Break:
    """From this quantity on a piece costs this much."""

    quantity: int
    unit_usd: float


@dataclass(frozen=True)
class Quote:
    """One part's price breaks, quantities rising and prices not; stock is None where the source does not say."""

    breaks: tuple[Break, ...]
    stock: int | None
    source: str
    verified: bool


@dataclass(frozen=True)
class Snapshot:
    """The quotes of one day by LCSC number."""

    day: date
    path: Path
    quotes: Mapping[str, Quote]

    def quote(self, code: str, wanted_by: str) -> Quote:
        try:
            return self.quotes[code]
        except KeyError:
            raise InputError(
                f"{tables.shown(self.path)} has no price of {code} for {wanted_by}: "
                "add its rows, or take a new snapshot with dollar cost --update FILE"
            ) from None


def load(path: Path) -> Snapshot:
    """One snapshot. InputError with file and line for whatever is malformed."""
    try:
        day = date.fromisoformat(path.stem)
    except ValueError:
        raise InputError(f"{tables.shown(path)} is not named by its date: rename it to YYYY-MM-DD.csv") from None
    rows_of: dict[str, list[tables.Row]] = {}
    for row in tables.read(path, COLUMNS):
        rows_of.setdefault(order_code(row), []).append(row)
    return Snapshot(day, path, {code: _quote(rows) for code, rows in rows_of.items()})


def load_all(folder: Path = FOLDER) -> list[Snapshot]:
    """Every snapshot, oldest first. InputError if there is none."""
    snapshots = [load(path) for path in sorted(folder.glob("*.csv"))]
    if not snapshots:
        raise InputError(f"{tables.shown(folder)} holds no prices: restore it, or run dollar cost --update FILE")
    return snapshots


def choose(snapshots: list[Snapshot], codes: Collection[str], day: date | None = None) -> Snapshot:
    """The snapshot of that day, else the newest that prices all of the codes, else the newest of those that price most."""
    if day is None:
        return max(snapshots, key=lambda snapshot: (sum(code in snapshot.quotes for code in codes), snapshot.day))
    for snapshot in snapshots:
        if snapshot.day == day:
            return snapshot
    there = ", ".join(str(snapshot.day) for snapshot in snapshots)
    raise InputError(f"there are no prices of {day}: choose one of {there}")


def checked_breaks(row: tables.Row, breaks: list[Break]) -> tuple[Break, ...]:
    """The breaks by quantity. InputError, blaming the row, if a quantity is there twice or a price rises with it."""
    ordered = sorted(breaks, key=lambda b: b.quantity)
    for lower, higher in pairwise(ordered):
        if lower.quantity == higher.quantity:
            raise row.fault(f"{row.fields['lcsc']} has two prices from {lower.quantity} on: keep one")
        if higher.unit_usd > lower.unit_usd:
            raise row.fault(
                f"{row.fields['lcsc']} costs more from {higher.quantity} on ({higher.unit_usd:g}) than from {lower.quantity} on "
                f"({lower.unit_usd:g}): correct the one that is wrong"
            )
    return tuple(ordered)


def _quote(rows: list[tables.Row]) -> Quote:
    breaks = [Break(row.whole("qty", least=1), row.dollars("unit_price_usd")) for row in rows]
    first = rows[0]
    for row in rows[1:]:
        for column in ("stock", "verified"):
            if row.fields[column] != first.fields[column]:
                raise row.fault(f"{column} of {row.fields['lcsc']} differs from line {first.line}: make them the same")
    return Quote(
        breaks=checked_breaks(rows[-1], breaks),
        stock=first.whole("stock") if first.fields["stock"] else None,
        source="; ".join(dict.fromkeys(row.text("source") for row in rows)),
        verified=first.yes("verified"),
    )
