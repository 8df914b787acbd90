"""READINESS.md: what nobody confirmed yet, and what to do about it before paying.

No line depends on today's date, so that the same order has the same bytes: prices carry the day until which they hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bom import watch
from bom.bill import bill
from bom.cost import Basis, Cost, Line, cost, load_basis
from bom.quotes import Snapshot, load_all
from bom.watch import STALE_DAYS, Rise, Stock
from hardware import paths, tables
from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.parts import catalogue
from hardware.parts.part import Part, Source

FREE_BOARDS = 10  # a first batch is how facts get verified; more than that must be asked for
FILE = paths.REPORTS / "READINESS.md"


@dataclass(frozen=True)
class OpenFact:
    """A group of facts of a part on the board that has no confirmed source."""

    part: Part
    refs: tuple[str, ...]
    group: str
    source: Source


@dataclass(frozen=True)
class Readiness:
    """What stands between the files and a payment, for an order of so many boards."""

    boards: int
    facts: tuple[OpenFact, ...]
    cost: Cost
    basis: Basis
    snapshots: tuple[Snapshot, ...]


def assess(netlist: Netlist, boards: int) -> Readiness:
    """InputError for less than one board, or a part without a price."""
    entries = catalogue.load()
    items = bill(netlist, entries)
    snapshots = load_all()
    basis = load_basis(items, snapshots)
    return Readiness(boards, open_facts(netlist), cost(items, basis, boards), basis, tuple(snapshots))


def open_facts(netlist: Netlist) -> tuple[OpenFact, ...]:
    """Unverified facts of the parts on the board, in the order of the parts' first references."""
    refs: dict[str, list[str]] = {}
    parts: dict[str, Part] = {}
    for component in netlist.components.values():
        refs.setdefault(component.part.name, []).append(component.ref)
        parts[component.part.name] = component.part
    return tuple(
        OpenFact(part, tuple(refs[name]), group, source)
        for name, part in parts.items()
        for group, source in part.unverified.items()
    )


def require(readiness: Readiness, written: Path, *, accepted: bool) -> None:
    """InputError if so many boards are ordered on facts that nobody confirmed, unless the user accepts them.

    `written` is the file that lists them.
    """
    if readiness.facts and readiness.boards > FREE_BOARDS and not accepted:
        raise InputError(
            f"{len(readiness.facts)} facts about the parts are unverified and --boards {readiness.boards} is more than "
            f"{FREE_BOARDS}: work through {tables.shown(written)}, or add --accept-unverified"
        )


def text(readiness: Readiness) -> str:
    """The file, in Markdown."""
    sections = (
        ("Facts of the parts", list(_facts(readiness.facts))),
        ("Stock", list(_stock(readiness.cost))),
        ("Prices", [*_ages(readiness.cost), *_rises(readiness), *_unverified(readiness)]),
        ("At the upload", list(_UPLOAD)),
    )
    found = sum(len(lines) for _, lines in sections[:-1])
    out = [
        f"# Before paying for {readiness.boards} boards",
        "",
        f"{found} points are open, {len(readiness.facts)} of them facts of parts that no maker's datasheet or second design "
        "confirms. Tick each one off before the order is paid.",
    ]
    for title, lines in sections:
        out += ["", f"## {title}", "", *(lines or ["Nothing open."])]
    return "\n".join(out) + "\n"


_UPLOAD = (
    "- [ ] Compare every part in JLCPCB's placement preview with polarity.html: pin 1, cathode, plus.",
    "- [ ] Compare the bill that JLCPCB matched with bom.csv, order code by order code.",
    "- [ ] See that the cell holder on the back is quoted as hand soldering, not as a second SMT side.",
    "- [ ] Look at the gerbers in JLCPCB's viewer: outline, holes, both masks.",
)


def _point(what: str, why: str, mend: str) -> str:
    return f"- [ ] **{what}**: {why}. *To do:* {mend}."


def _facts(facts: tuple[OpenFact, ...]) -> Iterator[str]:
    for fact in facts:
        code = f", {fact.part.lcsc}" if fact.part.lcsc else ""
        name = f"{', '.join(fact.refs)} ({fact.part.name}{code}), {fact.group.replace('_', ' ')}"
        yield _point(name, fact.source.text, fact.source.before_paying or "find the maker's datasheet")


def _stock(order: Cost) -> Iterator[str]:
    for line in order.lines:
        state = watch.stock(line)
        if line.item.entry is None or state is Stock.OK:
            continue
        there = "stock unknown" if line.stock is None else f"{line.stock} in stock"
        why = f"{state}: {line.purchase.quantity} needed, {there} on {line.priced_on}"
        yield _point(_named(line), why, f"look at the stock of {line.item.part.lcsc} on JLCPCB's parts page{_alternates(line)}")


def _ages(order: Cost) -> Iterator[str]:
    by_day: dict[str, list[Line]] = {}
    for line in order.lines:
        by_day.setdefault(line.priced_on.isoformat(), []).append(line)
    for day, lines in sorted(by_day.items()):
        until = lines[0].priced_on + timedelta(days=STALE_DAYS)
        names = ", ".join(line.item.part.name for line in lines)
        why = f"taken as good for {STALE_DAYS} days, until {until}; {names}"
        yield _point(f"Prices of {day}", why, "if it is later than that, take new ones with `dollar cost --update FILE`")


def _rises(readiness: Readiness) -> Iterator[str]:
    for rise in watch.rises(readiness.cost, readiness.basis, list(readiness.snapshots)):
        yield _point(f"{rise.part} ({rise.lcsc})", _rise(rise), "compare with JLCPCB's quote")


def _rise(rise: Rise) -> str:
    adds = "" if rise.adds_usd is None else f", {rise.adds_usd:.4f} USD more for a board"
    return f"{rise.was_usd:g} USD in our prices, {rise.now_usd:g} USD on {rise.day} from {rise.quantity} pieces on{adds}"


def _unverified(readiness: Readiness) -> Iterator[str]:
    for item in watch.unverified(readiness.cost, readiness.basis):
        yield _point(item.item, f"{item.usd_per_board:.4f} USD for a board by assumption; {item.source}", item.before_paying)


def _named(line: Line) -> str:
    return f"{', '.join(line.item.refs)} ({line.item.part.name}, {line.item.part.lcsc})"


def _alternates(line: Line) -> str:
    others = [f"{a.mpn}{f' ({a.lcsc})' if a.lcsc else ''}" for a in line.item.part.alternates if a.drop_in]
    return f"; drop-in: {', '.join(others)}" if others else ""
