"""Cost of a board: parts at the quantity really bought, bare board, assembly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bom import assembly, estimates, purchase, quotes
from bom.assembly import Fees, Mode, Work
from bom.bill import Item
from bom.estimates import Estimate, PcbPoint
from bom.purchase import Loss, Purchase
from bom.quotes import Snapshot
from hardware.errors import InputError
from hardware.layout import outline


@dataclass(frozen=True)
class Basis:
    """Everything that prices are taken from."""

    snapshot: Snapshot
    parts: Mapping[str, Estimate] = field(default_factory=estimates.load_parts)
    pcb: tuple[PcbPoint, ...] = field(default_factory=estimates.load_pcb)
    losses: Mapping[str, Loss] = field(default_factory=purchase.load_losses)
    fees: Mapping[Mode, Fees] = field(default_factory=assembly.load_fees)
    area_mm2: float = outline.WIDTH_MM * outline.HEIGHT_MM


@dataclass(frozen=True)
class Line:
    """One part of the bill as bought for an order of boards."""

    item: Item
    boards: int
    purchase: Purchase
    stock: int | None
    priced_on: date
    source: str
    verified: bool
    loss: Loss
    before_paying: str = ""  # what to do about an unverified price

    @property
    def extended_usd(self) -> float:
        """Per board, spares and surplus included."""
        return self.purchase.total_usd / self.boards


@dataclass(frozen=True)
class Cost:
    """All figures in US dollars per board, without tax and shipping."""

    boards: int
    mode: Mode
    lines: tuple[Line, ...]
    work: Work
    pcb_usd: float
    assembly: Mapping[str, float]  # by kind of fee

    @property
    def components_usd(self) -> float:
        return sum(line.extended_usd for line in self.lines)

    @property
    def assembly_usd(self) -> float:
        return sum(self.assembly.values())

    @property
    def total_usd(self) -> float:
        return self.components_usd + self.pcb_usd + self.assembly_usd


def priced_codes(items: tuple[Item, ...]) -> set[str]:
    """The order codes that a snapshot must price."""
    return {item.part.lcsc for item in items if item.entry}


def load_basis(items: tuple[Item, ...], snapshots: list[Snapshot], day: date | None = None) -> Basis:
    """Prices of that day, else the newest snapshot that prices the whole bill."""
    return Basis(quotes.choose(snapshots, priced_codes(items), day))


def cost(items: tuple[Item, ...], basis: Basis, boards: int, mode: Mode = Mode.STANDARD) -> Cost:
    """Cost of a board in an order of so many. InputError for a part without a price, or fewer boards than one."""
    if boards < 1:
        raise InputError(f"--boards is {boards}: order at least one")
    job = assembly.work(items)
    fees = assembly.order_usd(job, basis.fees[mode], boards)
    return Cost(
        boards=boards,
        mode=mode,
        lines=tuple(_line(item, basis, boards) for item in items),
        work=job,
        pcb_usd=estimates.pcb_usd(basis.pcb, boards, basis.area_mm2),
        assembly={kind: usd / boards for kind, usd in fees.items()},
    )


def _line(item: Item, basis: Basis, boards: int) -> Line:
    if item.entry is None:
        return _estimated_line(item, basis, boards)
    quote = basis.snapshot.quote(item.part.lcsc, f"{item.part.name} ({', '.join(item.refs)})")
    loss = purchase.loss_of(item.entry.package, basis.losses) if item.assembled else purchase.NO_LOSS
    bought = purchase.cheapest(quote.breaks, purchase.needed(item.quantity, boards, loss))
    return Line(item, boards, bought, quote.stock, basis.snapshot.day, quote.source, quote.verified, loss)


def _estimated_line(item: Item, basis: Basis, boards: int) -> Line:
    estimate = basis.parts.get(item.part.name)
    if estimate is None:
        raise InputError(f"bom/estimates.csv has no price of {item.part.name}: add its row")
    bought = Purchase(item.quantity * boards, estimate.unit_usd)
    return Line(
        item=item,
        boards=boards,
        purchase=bought,
        stock=None,
        priced_on=estimate.day,
        source=estimate.source,
        verified=False,
        loss=purchase.NO_LOSS,
        before_paying=estimate.before_paying,
    )
