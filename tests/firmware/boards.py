"""Virtual boards that run the firmware of this tree, as built by make, whole or with one fault of the circuit."""

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hardware import netlist, paths
from hardware.netlist import Netlist, Terminal
from hardware.virtual_board.board import Snapshot, VirtualBoard

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


def _kept(found: Netlist, keep: Callable[[Terminal], bool]) -> dict[str, tuple[Terminal, ...]]:
    return {name: tuple(filter(keep, terminals)) for name, terminals in found.nets.items()}


def without(*refs: str) -> Netlist:
    """Parts not fitted."""
    found = circuit()
    return replace(
        found,
        components={ref: part for ref, part in found.components.items() if ref not in refs},
        nets=_kept(found, lambda terminal: terminal.ref not in refs),
    )


def lifted(ref: str, pin: str) -> Netlist:
    """One pin not soldered."""
    found = circuit()
    number = found.components[ref].part.pin(pin).number
    return replace(found, nets=_kept(found, lambda terminal: terminal != Terminal(ref, number)))


def shorted(first: str, second: str) -> Netlist:
    """Two nets joined under the name of the second."""
    found = circuit()
    nets = {name: terminals for name, terminals in found.nets.items() if name != first}
    nets[second] = (*found.nets[first], *found.nets[second])
    return replace(found, nets=nets)
