"""Units at the bench: virtual boards, good or with one fault, in a fixture that has everything, at a station without records."""

import functools
from collections.abc import Callable
from dataclasses import replace

from hardware import netlist
from hardware.netlist import Netlist, Terminal
from hardware.parts.part import Part
from hardware.virtual_board.board import VirtualBoard
from manufacturing.station.ledger import NoRecords
from manufacturing.station.position import Position
from manufacturing.station.selftest.steps import STEPS
from manufacturing.station.station import Station, prepare
from manufacturing.station.unit_result import UnitResult
from manufacturing.station.unit_run import run_unit
from manufacturing.station.virtual_position import BLANK, VirtualLoudspeaker, virtual_position


@functools.cache
def circuit() -> Netlist:
    return netlist.read()


@functools.cache
def station() -> Station:
    return prepare()


def only(*names: str) -> Station:
    """Fewer steps, for tests that are about these."""
    return replace(station(), steps=tuple(step for step in STEPS if step.name in names))


def unit(wired: Netlist | None = None, seed: int = 1, **options: object) -> tuple[VirtualBoard, Position]:
    """`options` as of VirtualBoard."""
    loudspeaker = VirtualLoudspeaker()
    board = VirtualBoard(wired or circuit(), BLANK, sound=loudspeaker, seed=seed, **options)  # type: ignore[arg-type]
    return board, virtual_position(board, loudspeaker)


def trial(position: Position, *steps: str, watch: Callable[[str], None] = lambda _: None) -> UnitResult:
    return run_unit(position, only(*steps) if steps else station(), NoRecords(), watch)


def ref(part: Part) -> str:
    return circuit().of_part(part.name)[0].ref


def without(*refs: str) -> Netlist:
    """Parts not fitted."""
    found = circuit()
    nets = {name: tuple(one for one in ends if one.ref not in refs) for name, ends in found.nets.items()}
    return replace(found, components={name: part for name, part in found.components.items() if name not in refs}, nets=nets)


def swapped(part: Part, first: str, second: str) -> Netlist:
    """Two pins of a part, each on the other's net."""
    found, name = circuit(), ref(part)
    one, other = (Terminal(name, part.pin(pin).number) for pin in (first, second))
    exchange = {one: other, other: one}
    nets = {net: tuple(exchange.get(end, end) for end in ends) for net, ends in found.nets.items()}
    return replace(found, nets=nets)


def lifted(part: Part, pin: str) -> Netlist:
    """One pin not soldered."""
    found, end = circuit(), Terminal(ref(part), part.pin(pin).number)
    return replace(found, nets={net: tuple(one for one in ends if one != end) for net, ends in found.nets.items()})


def joined(first: str, second: str) -> Netlist:
    """Two nets shorted, under the name of the second."""
    found = circuit()
    nets = {net: ends for net, ends in found.nets.items() if net != first}
    return replace(found, nets={**nets, second: (*found.nets[first], *found.nets[second])})


def also(net: str, part: Part, pin: str) -> Netlist:
    """An open pin joined to a net."""
    found, end = circuit(), Terminal(ref(part), part.pin(pin).number)
    return replace(found, nets={**found.nets, net: (*found.nets[net], end)})
