"""JLCPCB's assembly fees, and what of the board they are charged on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bom.bill import Item
from hardware import tables
from hardware.errors import InputError
from hardware.parts.catalogue import CLASSES

FILE = Path(__file__).with_name("fees.csv")
COLUMNS = ("mode", "fee", "amount", "unit", "source", "date", "verified")


class Mode(StrEnum):
    """JLCPCB's two kinds of assembly."""

    ECONOMIC = "economic"
    STANDARD = "standard"


_FEEDER = {library_class: f"feeder_{library_class.lower()}" for library_class in CLASSES}
_FEES = ("setup", "stencil", *_FEEDER.values(), "smt_joint", "tht_setup", "tht_joint", "boards_max", "sides_max")


@dataclass(frozen=True)
class Fee:
    """One row of the table: US dollars, or the limit that the mode has."""

    amount: float
    source: str
    verified: bool


Fees = Mapping[str, Fee]  # of one mode, by name


@dataclass(frozen=True)
class Work:
    """What the assembler does for one board."""

    smt_joints: int
    tht_joints: int
    feeders: Mapping[str, int]  # distinct SMT parts by library class
    smt_sides: int

    @property
    def smt_parts(self) -> int:
        return sum(self.feeders.values())


def load_fees(path: Path = FILE) -> Mapping[Mode, Fees]:
    """InputError with file and line for a fee that is missing, unknown, malformed or there twice."""
    table: dict[Mode, dict[str, Fee]] = {mode: {} for mode in Mode}
    rows = tables.read(path, COLUMNS)
    for row in rows:
        mode, name = Mode(row.choice("mode", tuple(Mode))), row.choice("fee", _FEES)
        if name in table[mode]:
            raise row.fault(f"the fee {name} of {mode} is there twice: keep one of the rows")
        amount = 0.0 if row.fields["amount"] == "0" else row.dollars("amount")
        table[mode][name] = Fee(amount, row.text("source"), row.yes("verified"))
    for mode, fees in table.items():
        missing = [name for name in _FEES if name not in fees]
        if missing:
            raise InputError(f"{tables.shown(path)} lacks the {mode} fees {', '.join(missing)}: add their rows")
    return table


def work(items: tuple[Item, ...]) -> Work:
    """Joints and distinct parts of what JLCPCB fits; parts that the user fits cost nothing here."""
    fitted = [item for item in items if item.assembled and item.entry]
    smt = [item for item in fitted if not item.through_hole]
    return Work(
        smt_joints=sum(item.quantity * item.entry.joints for item in smt if item.entry),
        tht_joints=sum(item.quantity * item.part.through_hole_joints for item in fitted),
        feeders=Counter(item.entry.library_class for item in smt if item.entry),
        # All SMT parts are on top; only the cell's holder stands on the back, so an SMT holder opens a second side.
        smt_sides=2 if any(item.part.reference == "BT" for item in smt) else 1,
    )


def order_usd(job: Work, fees: Fees, boards: int) -> dict[str, float]:
    """What an order of so many boards costs to assemble, by kind of fee. Their sum is the bill."""
    usd = {name: fee.amount for name, fee in fees.items()}
    return {
        "setup": usd["setup"] * job.smt_sides,
        "stencil": usd["stencil"] * job.smt_sides,
        "feeders": sum(usd[_FEEDER[library_class]] * count for library_class, count in job.feeders.items()),
        "smt_joints": usd["smt_joint"] * job.smt_joints * boards,
        "through_hole": (usd["tht_setup"] + usd["tht_joint"] * job.tht_joints * boards) if job.tht_joints else 0.0,
    }


def unconfirmed_feeders(job: Work, fees: Fees) -> dict[str, float]:
    """What an order pays for feeders whose fee nobody confirmed, by source."""
    unconfirmed = {
        library_class: fees[_FEEDER[library_class]] for library_class in job.feeders if not fees[_FEEDER[library_class]].verified
    }
    return {fee.source: fee.amount * job.feeders[library_class] for library_class, fee in unconfirmed.items()}


def accepts(job: Work, fees: Fees, boards: int) -> bool:
    """Whether JLCPCB takes such an order in this mode, by what is known."""
    return boards <= fees["boards_max"].amount and job.smt_sides <= fees["sides_max"].amount
