"""What to look at before paying: old prices, thin stock, newer quotes that are higher, and figures that nobody confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bom import assembly
from bom.cost import Basis, Cost, Line
from bom.quotes import Quote, Snapshot

STALE_DAYS = 90
_THIN = 3  # orders like ours that the stock should cover: it may be days until payment
_RISE = 1.10  # smaller changes are the ordinary drift of a price list


class Stock(StrEnum):
    """The seller's stock against what is bought."""

    OK = "ok"
    THIN = "thin"
    SHORT = "short"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rise:
    """A quote newer than the snapshot that is higher. `adds_usd` per board; None if it holds for other quantities."""

    lcsc: str
    part: str
    day: date
    quantity: int
    was_usd: float
    now_usd: float
    adds_usd: float | None
    source: str

    @property
    def ratio(self) -> float:
        return self.now_usd / self.was_usd


@dataclass(frozen=True)
class Unverified:
    """A figure in the total that nobody confirmed; taken at its pessimistic end."""

    item: str
    usd_per_board: float
    source: str
    before_paying: str


def age_days(line: Line, today: date) -> int:
    return (today - line.priced_on).days


def is_stale(line: Line, today: date) -> bool:
    return age_days(line, today) > STALE_DAYS


def stock(line: Line) -> Stock:
    if line.stock is None:
        return Stock.UNKNOWN
    if line.stock < line.purchase.quantity:
        return Stock.SHORT
    return Stock.THIN if line.stock < _THIN * line.purchase.quantity else Stock.OK


def rises(cost: Cost, basis: Basis, snapshots: list[Snapshot]) -> list[Rise]:
    """Newer and higher quotes of parts on the bill, the one that adds most first."""
    newer = [snapshot for snapshot in snapshots if snapshot.day > basis.snapshot.day]
    found = [
        rise
        for line in cost.lines
        for snapshot in newer
        if line.item.entry and line.item.part.lcsc in snapshot.quotes
        for rise in _rises(line, basis.snapshot.quotes[line.item.part.lcsc], snapshot)
    ]
    return sorted(found, key=lambda rise: (-(rise.adds_usd or 0), -rise.ratio, rise.lcsc))


def _rises(line: Line, base: Quote, snapshot: Snapshot) -> Iterator[Rise]:
    code = line.item.part.lcsc
    quote = snapshot.quotes[code]
    for now in quote.breaks:
        reached = [b for b in base.breaks if b.quantity <= now.quantity]
        if not reached or now.unit_usd <= _RISE * reached[-1].unit_usd:
            continue
        was = reached[-1].unit_usd
        applies = was == line.purchase.unit_usd  # the same break that we buy at
        adds = line.extended_usd * (now.unit_usd / was - 1) if applies else None
        yield Rise(code, line.item.part.name, snapshot.day, now.quantity, was, now.unit_usd, adds, quote.source)


def unverified(cost: Cost, basis: Basis) -> list[Unverified]:
    """Every unconfirmed figure that is in this cost."""
    return [*_lines(cost), *_pcb(cost, basis), *_fees(cost, basis), *_spares(cost)]


def _lines(cost: Cost) -> Iterator[Unverified]:
    for line in cost.lines:
        if not line.verified:
            mend = line.before_paying or f"ask the seller for a quote of {line.purchase.quantity} pieces"
            yield Unverified(line.item.part.name, line.extended_usd, line.source, mend)


def _pcb(cost: Cost, basis: Basis) -> Iterator[Unverified]:
    if not all(point.verified for point in basis.pcb):
        nearest = min(basis.pcb, key=lambda point: abs(point.boards - cost.boards))
        yield Unverified("bare board", cost.pcb_usd, nearest.source, "take JLCPCB's quote for the panel's gerbers.zip")


def _fees(cost: Cost, basis: Basis) -> Iterator[Unverified]:
    fees = basis.fees[cost.mode]
    for source, usd in assembly.unconfirmed_feeders(cost.work, fees).items():
        yield Unverified("feeders of preferred parts", usd / cost.boards, source, "look at the fees in JLCPCB's quote")
    if not assembly.accepts(cost.work, fees, cost.boards):
        yield Unverified(
            f"{cost.mode.capitalize()} assembly of {cost.boards} boards",
            cost.assembly_usd,
            fees["boards_max"].source,
            "ask JLCPCB, or take Standard assembly",
        )


def _spares(cost: Cost) -> Iterator[Unverified]:
    guessed = [line for line in cost.lines if not line.loss.verified]
    if guessed:
        names = ", ".join(line.item.part.name for line in guessed)
        usd = sum(line.loss.spare * line.purchase.unit_usd for line in guessed) / cost.boards
        source = "; ".join(dict.fromkeys(line.loss.source for line in guessed))
        yield Unverified(f"spare pieces of {names}", usd, source, "look at the quantities in JLCPCB's quote")
