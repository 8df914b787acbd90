"""One board on the very station: one with a single fault, or a good one."""

from dataclasses import dataclass

from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.parts.preamp import Characteristics
from manufacturing.station.coverage.changes import Change, applied
from manufacturing.station.coverage.good_boards import good_board
from manufacturing.station.coverage.sight import audio_deck
from manufacturing.station.ledger import NoRecords
from manufacturing.station.records.record import Verdict
from manufacturing.station.station import Station
from manufacturing.station.unit_run import run_unit
from manufacturing.station.virtual_position import BLANK, VirtualLoudspeaker, virtual_position


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


_characteristics: dict[tuple[str, ...], Characteristics] = {}  # of each audio block that this process met, to simulate it once


def run(bench: Bench, subject: Subject) -> Outcome:
    if isinstance(subject, Good):
        board = good_board(bench.netlist, bench.seed, subject.number)
        return _tested(bench.station, board.netlist, board.cell, board.seed)
    changed = applied(subject, bench.netlist)
    return _tested(bench.station, changed.netlist, changed.cell, bench.seed)


def _tested(station: Station, netlist: Netlist, cell: Cell, seed: int) -> Outcome:
    characteristics = _characteristics.setdefault(audio_deck(netlist), Characteristics(netlist))
    loudspeaker = VirtualLoudspeaker()
    board = VirtualBoard(netlist, BLANK, sound=loudspeaker, cell=cell, seed=seed, characteristics=characteristics)
    result = run_unit(virtual_position(board, loudspeaker), station, NoRecords())
    return Outcome(result.verdict, result.code, result.text, result.seconds)
