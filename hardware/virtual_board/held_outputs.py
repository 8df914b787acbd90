"""Outputs that a fault joins to the supply or to ground: whenever such a pin drives the other way, the cell pays for it.

The pin's resistance is that of its part's facts, or follows from the output level that its definition states, at the lowest
supply: for the accelerometer 0.17 V at 1.5 mA (?). The current is that at the voltage when the pin began to drive. A current
limit within the part, and what becomes of it, are not modelled.
"""

from dataclasses import dataclass

from hardware.netlist import GROUND, Netlist, Terminal
from hardware.parts.part import Part, PinKind
from hardware.virtual_board.device import Drive

_DRIVING = (PinKind.OUTPUT, PinKind.BIDIRECTIONAL)


@dataclass(frozen=True)
class HeldOutput:
    """`against`: what the pin does while it draws."""

    terminal: Terminal
    against: Drive
    ohm: float


def held_outputs(netlist: Netlist) -> tuple[HeldOutput, ...]:
    return tuple(
        HeldOutput(Terminal(component.ref, pin.number), Drive.HIGH if net == GROUND else Drive.LOW, ohm)
        for net in netlist.nets
        if net == GROUND or any(pin.kind is PinKind.POWER_OUT for _, pin in netlist.on_net(net))
        for component, pin in netlist.on_net(net)
        if pin.kind in _DRIVING and (ohm := _output_ohm(component.part)) is not None
    )


def _output_ohm(part: Part) -> float | None:
    """None for a part that no model drives a pin of."""
    if "pin_output_ohm" in part.facts:
        return float(part.facts["pin_output_ohm"])
    if part.levels is None:
        return None
    lowest_v = min(supply.operating_min_v for supply in part.supplies.values())
    return part.levels.output_low_max * lowest_v / (part.levels.load_max_ma * 1e-3)
