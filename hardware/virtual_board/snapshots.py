"""A moment of a board, kept to go back to: the chip's state as bytes, all else as a deep copy."""

from dataclasses import dataclass

from hardware.errors import InputError
from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.trace import Event


@dataclass(frozen=True)
class Snapshot:
    """To be given back to the board that it was taken from."""

    machine: bytes
    assembly: Assembly
    events: tuple[Event, ...]  # of the trace
    samples: Samples | None


def taken(board: Assembly) -> Snapshot:
    events = tuple(board.trace.events) if board.trace is not None else ()
    samples = board.samples.copied() if board.samples is not None else None
    return Snapshot(board.chip.machine.snapshot(), board.copied(), events, samples)


def restored(snapshot: Snapshot, chip: Chip) -> Assembly:
    """The chip, trace and samples as they were, and what the chip is to be joined to again."""
    if snapshot.assembly.chip is not chip:
        raise InputError("the snapshot is of another board: restore it there")
    chip.machine.restore(snapshot.machine)
    board = snapshot.assembly.copied()
    if board.trace is not None:
        board.trace.events[:] = snapshot.events
    if board.samples is not None and snapshot.samples is not None:
        board.samples.put_back(snapshot.samples)
    return board
