"""The coin cell, its resistance, the capacitors on its net, and what the board draws from it."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from hardware.netlist import GROUND, Netlist
from hardware.parts.cell import HOLDER
from hardware.parts.mcu import PY32F003
from hardware.parts.radio import CI24R1
from hardware.spice import program
from hardware.spice.deck import NOMINAL, Corner, elements, node_of, the_only

_FIRST_PACKET_S = 1e-3
_EDGE_S = 1e-6
_STEP_S = 20e-6
_MOST_OHM = 1e4
_RUN_A = float(PY32F003.facts["run_24mhz_ma"]) * 1e-3

Real = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """A cell as a voltage behind a resistance."""

    volt: float
    ohm: float


@dataclass(frozen=True)
class Pulse:
    """The supply while a beacon is sent: arrays over the same times."""

    time_s: Real
    supply_v: Real
    load_a: Real


def supply_net(netlist: Netlist) -> str:
    """The net of the cell's plus."""
    return netlist.net_of(the_only(netlist, HOLDER).ref, "+") or "open"


def cell_elements(netlist: Netlist, cell: Cell, corner: Corner = NOMINAL) -> list[str]:
    """The cell, and every capacitor between its plus and ground at the capacity that it keeps there."""
    net = supply_net(netlist)
    on_supply = [
        component
        for component in netlist.components.values()
        if component.part.rating is not None
        and component.part.rating.quantity == "capacitance"
        and {netlist.net_of(component.ref, pin.number) for pin in component.part.pins} == {net, GROUND}
    ]
    return [
        f"Vcell cell 0 DC {cell.volt:.9g}",
        f"Rcell cell {node_of(net)} {cell.ohm:.9g}",
        *elements(netlist, on_supply, corner, {node_of(net): cell.volt}),
    ]


def running(netlist: Netlist, cell: Cell, corner: Corner = NOMINAL) -> list[str]:
    """The cell while the MCU runs from it."""
    return [*cell_elements(netlist, cell, corner), f"Irun {node_of(supply_net(netlist))} 0 {_RUN_A:.9g}"]


def beacon(netlist: Netlist, cell: Cell, corner: Corner = NOMINAL) -> Pulse:
    """The supply during one beacon: the radio's packets on top of the running MCU."""
    node = node_of(supply_net(netlist))
    points = _load(_RUN_A)
    current = " ".join(f"{time:.9g} {ampere:.9g}" for time, ampere in points)
    end_s = points[-1][0]
    deck = [*cell_elements(netlist, cell, corner), f"Iload {node} 0 PWL({current})"]
    (found,) = program.run(deck, [f"tran {_STEP_S:g} {end_s:g} 0 {_STEP_S:g}"])
    time_s = found["time"].real
    return Pulse(time_s, found[f"v({node})"].real, np.interp(time_s, *np.array(points).T))


def _load(base_a: float) -> list[tuple[float, float]]:
    """Corners of the current over time: each packet rises and falls within a microsecond."""
    facts = CI24R1.facts
    packet_a, length_s = float(facts["transmit_ma"]) * 1e-3, float(facts["packet_ms"]) * 1e-3
    spacing_s, packets = float(facts["packet_spacing_ms"]) * 1e-3, int(facts["packets"])
    points = [(0.0, base_a)]
    for packet in range(packets):
        start = _FIRST_PACKET_S + packet * spacing_s
        high = base_a + packet_a
        points += [(start, base_a), (start + _EDGE_S, high), (start + length_s, high), (start + length_s + _EDGE_S, base_a)]
    return [*points, (_FIRST_PACKET_S + packets * spacing_s, base_a)]


def most_resistance(netlist: Netlist, open_circuit_v: float, cutoff_v: float, corner: Corner = NOMINAL) -> float:
    """The highest cell resistance, in ohm, at which a beacon leaves `cutoff_v`; found within 0.5 %."""
    low, high = 1.0, _MOST_OHM
    while high / low > 1.005:
        middle = sqrt(low * high)
        holds = beacon(netlist, Cell(open_circuit_v, middle), corner).supply_v.min() >= cutoff_v
        low, high = (middle, high) if holds else (low, middle)
    return low
