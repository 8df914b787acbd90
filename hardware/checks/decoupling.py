"""Every supply pin has the capacitors that its part asks for.

Rule: a capacitor serves one requirement only, stands between the very nets of the supply pin and its ground pin, in
the block of its part, and has at least the capacity asked for, at most a hundred times it (a bulk capacitor in a
larger case is too slow). A larger one in the same case may stand in for a smaller: above its resonance only the case
counts, so 10 uF in 0402 decouples as well as 100 nF in 0402. The requirement with the shortest distance chooses
first and takes the smallest capacitor that will do. Distances are checked on the layout, with `assignments`.
"""

from typing import NamedTuple

from hardware.netlist import Component, Netlist
from hardware.parts.part import Decoupling

_MOST_TIMES = 100.0


class Assignment(NamedTuple):
    ref: str
    supply_pin: str  # number
    capacitor: str
    distance_mm: float  # at most, from pad to pad


class _Requirement(NamedTuple):
    component: Component
    asked: Decoupling


def findings(netlist: Netlist) -> list[str]:
    _, unmet = _assign(netlist)
    undefined = [
        f"{component.ref} pin {name}: the definition of {component.part.name} names no decoupling capacitor for this supply"
        for component in netlist.components.values()
        for name in component.part.supplies
        if name not in {asked.supply_pin for asked in component.part.decoupling}
    ]
    return [_sentence(netlist, requirement) for requirement in unmet] + undefined


def assignments(netlist: Netlist) -> list[Assignment]:
    """Which capacitor serves which supply pin, in the order of the netlist. Requirements that are not met are absent."""
    return _assign(netlist)[0]


def _assign(netlist: Netlist) -> tuple[list[Assignment], list[_Requirement]]:
    requirements = [_Requirement(c, asked) for c in netlist.components.values() for asked in c.part.decoupling]
    free = [c for c in netlist.components.values() if c.part.rating and c.part.rating.quantity == "capacitance"]
    served: dict[_Requirement, Component] = {}
    for requirement in sorted(requirements, key=lambda r: (r.asked.distance_mm, r.asked.capacitance_f)):
        suitable = [capacitor for capacitor in free if _serves(netlist, capacitor, requirement)]
        if suitable:
            served[requirement] = min(suitable, key=_capacitance)
            free.remove(served[requirement])
    met = [
        Assignment(r.component.ref, r.component.part.pin(r.asked.supply_pin).number, served[r].ref, r.asked.distance_mm)
        for r in requirements
        if r in served
    ]
    return met, [r for r in requirements if r not in served]


def _serves(netlist: Netlist, capacitor: Component, requirement: _Requirement) -> bool:
    asked, component = requirement.asked, requirement.component
    large_enough = asked.capacitance_f <= _capacitance(capacitor) <= _MOST_TIMES * asked.capacitance_f * (1 + 1e-9)
    return (
        large_enough
        and capacitor.block == component.block
        and {netlist.net_of(capacitor.ref, pin.number) for pin in capacitor.part.pins} == _nets(netlist, requirement)
    )


def _nets(netlist: Netlist, requirement: _Requirement) -> set[str | None]:
    names = (requirement.asked.supply_pin, requirement.asked.ground_pin)
    pins = [pin for pin in requirement.component.part.pins if pin.name in names]
    return {netlist.net_of(requirement.component.ref, pin.number) for pin in pins}


def _capacitance(component: Component) -> float:
    return component.part.rating.nominal if component.part.rating else 0.0


def _sentence(netlist: Netlist, requirement: _Requirement) -> str:
    component, asked = requirement
    net = netlist.net_of(component.ref, asked.supply_pin)
    return (
        f"{component.ref} pin {asked.supply_pin}: no free capacitor of {asked.capacitance_f * 1e9:g} nF or more in block "
        f"{component.block} between net {net} and its pin {asked.ground_pin}"
    )
