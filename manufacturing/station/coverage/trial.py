"""One board on the very station: one with a single fault, or a good one."""

from dataclasses import dataclass

from hardware.netlist import Netlist
from manufacturing.station.coverage.changes import Change, applied
from manufacturing.station.coverage.good_boards import good_board
from manufacturing.station.ledger import NoRecords
from manufacturing.station.records.record import Verdict
from manufacturing.station.station import Station
from manufacturing.station.unit_run import run_unit
from manufacturing.station.virtual_position import blank_unit


@dataclass(frozen=True)
class Bench:
    """What all trials share. It goes to whatever process runs one."""

    netlist: Netlist
    station: Station
    seed: int


@dataclass(frozen=True)
class Good:
    """The good board of this number in the campaign of the bench's seed."""

    number: int


Subject = Change | Good


@dataclass(frozen=True)
class Outcome:
    """What the station said. `seconds` are the board's own."""

    verdict: Verdict
    code: str
    text: str
    seconds: float


def run(bench: Bench, subject: Subject) -> Outcome:
    if isinstance(subject, Good):
        board = good_board(bench.netlist, bench.seed, subject.number)
        unit = blank_unit(board.netlist, board.seed, board.cell)
    else:
        changed = applied(subject, bench.netlist)
        unit = blank_unit(changed.netlist, bench.seed, changed.cell)
    result = run_unit(unit, bench.station, NoRecords())
    return Outcome(result.verdict, result.code, result.text, result.seconds)
