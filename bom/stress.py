"""What the board would cost if prices moved or a part had to be replaced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bom.bill import Item, with_alternate
from bom.cost import Basis, Cost, cost
from bom.quotes import Break
from bom.watch import Rise
from hardware.parts.catalogue import Entry

# C15525, 10 uF 0402, went from 0.0053 USD (2026-05-21) to 0.0192 USD (2026-09-04): bom/prices.
MLCC_SHOCK = 3.6


@dataclass(frozen=True)
class Case:
    """One thing that may happen. Figures per board; None where there is no price. `drop_in` is None unless it is a swap."""

    name: str
    components_usd: float | None
    total_usd: float | None
    drop_in: bool | None = None
    note: str = ""


def cases(items: tuple[Item, ...], basis: Basis, base: Cost, entries: Mapping[str, Entry], newer: list[Rise]) -> list[Case]:
    """The cost as quoted, under each price shock, and with each alternate of each part."""
    ceramics = [item for item in items if item.entry and item.entry.is_ceramic_capacitor]
    small = {item.part.lcsc for item in ceramics if item.entry and item.entry.package == "0402"}
    every = {item.part.lcsc for item in ceramics}
    factors = _factors(newer)

    def shocked(name: str, scale: Mapping[str, float], note: str) -> Case:
        result = cost(items, scaled(basis, scale), base.boards, base.mode)
        return Case(name, result.components_usd, result.total_usd, note=note)

    return [
        Case("as quoted", base.components_usd, base.total_usd),
        shocked(f"small MLCC x{MLCC_SHOCK}", dict.fromkeys(small, MLCC_SHOCK), f"{len(small)} parts of size 0402"),
        shocked(f"all MLCC x{MLCC_SHOCK}", dict.fromkeys(every, MLCC_SHOCK), f"{len(every)} parts"),
        shocked("newer single quotes", factors, ", ".join(f"{code} x{factor:.1f}" for code, factor in factors.items()) or "none"),
        *_swaps(items, basis, base, entries),
    ]


def scaled(basis: Basis, factors: Mapping[str, float]) -> Basis:
    """The basis with the prices of some codes multiplied."""
    quotes = dict(basis.snapshot.quotes)
    for code, factor in factors.items():
        breaks = tuple(Break(b.quantity, b.unit_usd * factor) for b in quotes[code].breaks)
        quotes[code] = replace(quotes[code], breaks=breaks)
    return replace(basis, snapshot=replace(basis.snapshot, quotes=quotes))


def _factors(newer: list[Rise]) -> dict[str, float]:
    factors: dict[str, float] = {}
    for rise in newer:
        if rise.adds_usd is not None:
            factors[rise.lcsc] = max(rise.ratio, factors.get(rise.lcsc, 1.0))
    return factors


def _swaps(items: tuple[Item, ...], basis: Basis, base: Cost, entries: Mapping[str, Entry]) -> list[Case]:
    return [_swap(items, item, index, basis, base, entries) for item in items for index in range(len(item.part.alternates))]


def _swap(items: tuple[Item, ...], item: Item, index: int, basis: Basis, base: Cost, entries: Mapping[str, Entry]) -> Case:
    alternate = item.part.alternates[index]
    name = f"{item.part.name} -> {alternate.mpn}"
    if not _priced(alternate.lcsc, basis.snapshot.quotes, entries):
        return Case(name, None, None, alternate.drop_in, f"no price; {alternate.note}")
    result = cost(with_alternate(items, item, alternate, entries), basis, base.boards, base.mode)
    stock = basis.snapshot.quotes[alternate.lcsc].stock
    scarce = f"stock {stock}; " if stock is not None and stock < item.quantity * base.boards else ""
    return Case(name, result.components_usd, result.total_usd, alternate.drop_in, f"{scarce}{alternate.note}")


def _priced(code: str, *tables: Collection[str]) -> bool:
    return all(code in table for table in tables)
