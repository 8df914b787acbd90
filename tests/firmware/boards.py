"""Virtual boards that run the firmware of this tree, as built by make, whole or with one fault of the circuit."""

import functools
from pathlib import Path

from hardware import netlist, paths
from hardware.netlist import Netlist, Terminal
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.snapshots import Snapshot
from manufacturing.station.coverage import changes

FIRMWARE = paths.FIRMWARE / "firmware.bin"


@functools.cache
def circuit() -> Netlist:
    return netlist.read()


def new(wired: Netlist | None = None, firmware: Path = FIRMWARE, **options: object) -> VirtualBoard:
    """A board whose cell goes in now. `options` as of VirtualBoard."""
    return VirtualBoard(wired or circuit(), firmware, **options)  # type: ignore[arg-type]


@functools.cache
def _booted() -> tuple[VirtualBoard, Snapshot]:
    board = new()
    board.run(0.5)
    return board, board.snapshot()


def booted() -> VirtualBoard:
    """One board 0.5 s after its cell went in, at rest; the same one, put back to that moment, for every test."""
    board, snapshot = _booted()
    board.restore(snapshot)
    return board


def without(*refs: str) -> Netlist:
    """Parts not fitted."""
    return functools.reduce(changes.without, refs, circuit())


def lifted(ref: str, pin: str) -> Netlist:
    """One pin not soldered."""
    return changes.lifted(circuit(), Terminal(ref, circuit().components[ref].part.pin(pin).number))


def shorted(first: str, second: str) -> Netlist:
    """Two nets joined."""
    return changes.shorted(circuit(), circuit().nets[first][0], circuit().nets[second][0])
