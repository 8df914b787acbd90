"""How many pieces are really bought: spares and minimum order included, and a price break where it is cheaper in total."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bom.quotes import Break
from hardware import tables
from hardware.errors import InputError

FILE = Path(__file__).with_name("loss.csv")
COLUMNS = ("package", "minimum_order", "spare", "source", "verified")
_ANY = "other"


@dataclass(frozen=True)
class Loss:
    """What assembly takes of a package beyond the pieces on the boards."""

    minimum_order: int
    spare: int
    source: str
    verified: bool


NO_LOSS = Loss(minimum_order=1, spare=0, source="fitted by hand", verified=True)


@dataclass(frozen=True)
class Purchase:
    quantity: int
    unit_usd: float

    @property
    def total_usd(self) -> float:
        return self.quantity * self.unit_usd


def load_losses(path: Path = FILE) -> Mapping[str, Loss]:
    """Loss by package; the row "other" is for every package without its own."""
    rows = tables.read(path, COLUMNS)
    losses = {row.text("package"): _loss(row) for row in rows}
    if _ANY not in losses:
        raise InputError(f"{tables.shown(path)} has no row for the package {_ANY!r}: add it")
    return losses


def loss_of(package: str, losses: Mapping[str, Loss]) -> Loss:
    return losses.get(package, losses[_ANY])


def needed(per_board: int, boards: int, loss: Loss) -> int:
    """Pieces that assembly asks for."""
    return max(per_board * boards + loss.spare, loss.minimum_order)


def cheapest(breaks: tuple[Break, ...], pieces: int) -> Purchase:
    """The cheapest way to have at least so many pieces: just those, or more of them at a lower price.

    Of equal totals the smaller quantity. The lowest break is the least that the seller sells.
    """
    reached = [b for b in breaks if b.quantity <= pieces]
    offers = [Purchase(b.quantity, b.unit_usd) for b in breaks if b.quantity > pieces]
    if reached:
        offers.append(Purchase(pieces, reached[-1].unit_usd))
    return min(offers, key=lambda offer: (round(offer.total_usd, 6), offer.quantity))


def _loss(row: tables.Row) -> Loss:
    return Loss(row.whole("minimum_order", least=1), row.whole("spare"), row.text("source"), row.yes("verified"))
