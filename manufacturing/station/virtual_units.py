"""Virtual boards as they come from assembly: each as its parts' tolerances happen to make it, some with a fault if wanted."""

import random
from collections.abc import Iterator
from itertools import count

from hardware.netlist import Netlist
from manufacturing.station.coverage.changes import Change, applied
from manufacturing.station.coverage.derive import derive
from manufacturing.station.coverage.good_boards import good_board
from manufacturing.station.coverage.pads import placed
from manufacturing.station.position import Position
from manufacturing.station.virtual_position import blank_unit


def panels(netlist: Netlist, positions: int, faulty: int = 0, seed: int = 1) -> Iterator[list[Position]]:
    """One panel after another without end, the same ones for a seed. The last `faulty` of each have a single fault by chance."""
    chance = random.Random(f"faulty units {seed}")
    changes = [fault.change for fault in derive(netlist, placed(netlist)).faults] if faulty else []
    numbers = count()
    while True:
        whole = [None] * (positions - faulty)
        wanted: list[Change | None] = [*whole, *(chance.choice(changes) for _ in range(faulty))]
        yield [
            _unit(netlist, seed, next(numbers), change, f"virtual {position}") for position, change in enumerate(wanted, start=1)
        ]


def _unit(netlist: Netlist, seed: int, number: int, change: Change | None, name: str) -> Position:
    board = good_board(netlist, seed, number)
    if change is None:
        return blank_unit(board.netlist, board.seed, board.cell, name)
    changed = applied(change, board.netlist, board.cell)
    return blank_unit(changed.netlist, board.seed, changed.cell, name)
