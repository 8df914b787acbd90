"""The impedance between a probe and ground of a board without power, by nodal analysis: one linear system for each frequency.

Capacitors have their whole capacity: without power there is no bias on them. What a meter puts in is too small for any junction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import pi

import numpy as np
from numpy.typing import NDArray

from hardware import netlist as netlists
from hardware.netlist import GROUND, Netlist, Terminal
from hardware.parts.audio import LMA2718
from hardware.parts.board_features import PROGRAMMING_ROW, TEST_POINT
from hardware.parts.cell import HOLDER
from hardware.rails import copper
from hardware.rails.circuit import Branch, Circuit, Node, circuit

_LEAK_SIEMENS = 1e-9  # of each node to ground: nothing floats
_SAME_PLACE_OHM = 1e-6

Impedances = NDArray[np.complex128]


@dataclass(frozen=True)
class Probe:
    """A place at which the fixture touches a rail: a pad of the bare board."""

    name: str
    net: str
    pad: Terminal


PADS, CELL, MICROPHONE = "pads", "holder", "microphone"  # VBAT at the edge row and at the holder; the microphone's supply


def probes(netlist: Netlist) -> tuple[Probe, ...]:
    """Those of a board: none on a rail without a capacitor."""
    found = []
    for row in netlist.of_part(PROGRAMMING_ROW.name):
        found.append((PADS, Terminal(row.ref, row.part.pin("VBAT").number)))
    for holder in netlist.of_part(HOLDER.name):
        found.append((CELL, Terminal(holder.ref, holder.part.pin("+").number)))
    fed = {netlist.net_of(microphone.ref, "VDD") for microphone in netlist.of_part(LMA2718.name)}
    for point in netlist.of_part(TEST_POINT.name):
        if netlist.net_of(point.ref, "1") in fed:
            found.append((MICROPHONE, Terminal(point.ref, "1")))
    return tuple(
        Probe(name, net, pad)
        for name, pad in found
        if (net := netlist.net_of(pad.ref, pad.number)) is not None and _is_decoupled(netlist, net)
    )


def _is_decoupled(netlist: Netlist, net: str) -> bool:
    ratings = [(component, component.part.rating) for component, _ in netlist.on_net(net)]
    return any(
        rating is not None
        and rating.quantity == "capacitance"
        and {netlist.net_of(component.ref, pin.number) for pin in component.part.pins} == {net, GROUND}
        for component, rating in ratings
    )


def impedance(netlist: Netlist, probe: str, hertz: Sequence[float]) -> Impedances:
    """In ohm, at each of the frequencies, on the tracks of the board as it is laid out. KeyError if it has no such probe."""
    return solved(circuit(netlist, _rails()), _designed()[probe].pad, hertz)


def decisive(netlist: Netlist) -> frozenset[Branch]:
    """All that impedances follow from: where these are equal, so are they, but for what dead ends add in stray capacity."""
    board = circuit(netlist, _rails())
    joined = {GROUND, *(end for branch in board.branches if branch.is_copper for end in (branch.one, branch.other))}
    return frozenset(branch for branch in board.branches if {branch.one, branch.other} <= joined)


def _rails() -> tuple[copper.Rail, ...]:
    return copper.rails(tuple(sorted({probe.net for probe in _designed().values()})))


def reached(netlist: Netlist) -> tuple[str, ...]:
    """The probes that touch a rail of this board; missing parts or solder leave the pads as they are."""
    return tuple(name for name, probe in _designed().items() if _has_rail(netlist, probe.net))


def _has_rail(netlist: Netlist, net: str) -> bool:
    """Variants leave out whole blocks: none of the parts is there that the rail joins, but test points."""
    (rail,) = copper.rails((net,))
    return any(end.ref in netlist.components and netlist.components[end.ref].part.is_bought for end, _ in rail.pads)


@lru_cache
def _designed() -> dict[str, Probe]:
    return {probe.name: probe for probe in probes(netlists.read())}


def solved(board: Circuit, pad: Terminal, hertz: Sequence[float]) -> Impedances:
    """The voltage at the pad of one ampere into it."""
    node = board.pads[pad]
    numbers: dict[Node, int] = {}
    for name in (node, *(end for branch in board.branches for end in (branch.one, branch.other))):
        if name != GROUND:
            numbers.setdefault(name, len(numbers))
    omega = 2 * pi * np.asarray(hertz, dtype=np.float64)
    matrix = np.zeros((len(omega), len(numbers), len(numbers)), dtype=np.complex128)
    matrix[:, range(len(numbers)), range(len(numbers))] = _LEAK_SIEMENS
    for branch in board.branches:
        ohm = max(branch.ohm, _SAME_PLACE_OHM) + 1j * omega * branch.henry
        siemens = 1 / (ohm + 1 / (1j * omega * branch.farad) if branch.farad else ohm)
        one, other = numbers.get(branch.one), numbers.get(branch.other)
        for row, column in ((one, other), (other, one)):
            if row is not None:
                matrix[:, row, row] += siemens
                if column is not None:
                    matrix[:, row, column] -= siemens
    ampere = np.zeros((len(numbers), 1))
    ampere[numbers[node]] = 1.0
    volt: Impedances = np.linalg.solve(matrix, ampere)[:, numbers[node], 0].astype(np.complex128)
    return volt
