"""Worst corners within tolerance: for each quantity all values at once at the end that hurts it most.

Each value goes to its upper end alone, which tells in which direction it moves each quantity; then all go to the ends
that move the quantity up, or down, together. This is exact while every quantity is monotone in every value, and more
severe than a random draw. It takes one simulation per value plus one per distinct corner, not 2 to the power of n.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import TypeVar

from hardware.netlist import Netlist
from hardware.parts.audio import LMA2718, LMV321
from hardware.parts.mcu import PY32F003
from hardware.spice.deck import Corner

_NO_EFFECT = 2e-4  # relative change of a quantity below which a value stays at nominal for it

# Figures of chips that spread: part, fact, low and high, as functions of the part's facts.
_BANDWIDTH_SPREAD = float(LMV321.facts["gain_bandwidth_spread"])
_FACT_SPREADS = (
    (LMV321, "gain_bandwidth_hz", 1 - _BANDWIDTH_SPREAD, 1 + _BANDWIDTH_SPREAD),
    (PY32F003, "pin_output_ohm", 0.5, 2.0),  # the datasheet's figure holds at 2.7 V and room temperature
)
_FACT_RANGES = (
    (LMV321, "offset_v", -float(LMV321.facts["offset_max_v"]), float(LMV321.facts["offset_max_v"])),
    (LMA2718, "bias_v", float(LMA2718.facts["bias_min_v"]), float(LMA2718.facts["bias_max_v"])),
    (LMA2718, "supply_ua", float(LMA2718.facts["supply_ua"]), float(LMA2718.facts["supply_max_ua"])),
    (
        LMA2718,
        "sensitivity_dbv_per_pa",
        float(LMA2718.facts["sensitivity_dbv_per_pa"]) - float(LMA2718.facts["sensitivity_spread_db"]),
        float(LMA2718.facts["sensitivity_dbv_per_pa"]) + float(LMA2718.facts["sensitivity_spread_db"]),
    ),
)

Argument = TypeVar("Argument")
Returned = TypeVar("Returned")
Values = Mapping[str, float]


@dataclass(frozen=True)
class Spread:
    """One value and its two ends: factors on a passive part, or figures of a chip (`fact` set)."""

    ref: str
    fact: str
    low: float
    high: float


def spreads(netlist: Netlist, block: str) -> list[Spread]:
    """Every value of the block that spreads, the MCU's pins included."""
    found = [
        Spread(component.ref, "", 1 - component.part.rating.tolerance, 1 + component.part.rating.tolerance)
        for component in netlist.in_block(block)
        if component.part.rating is not None
    ]
    for part, fact, low, high in _FACT_SPREADS:
        nominal = float(part.facts[fact])
        found += [Spread(component.ref, fact, low * nominal, high * nominal) for component in netlist.of_part(part.name)]
    for part, fact, low, high in _FACT_RANGES:
        found += [Spread(component.ref, fact, low, high) for component in netlist.of_part(part.name)]
    return found


def corner(ends: Iterable[tuple[Spread, bool]]) -> Corner:
    """The corner with each of these values at its upper (True) or lower end; the others are nominal."""
    ends = list(ends)
    return Corner(
        scale={spread.ref: spread.high if up else spread.low for spread, up in ends if not spread.fact},
        facts={(spread.ref, spread.fact): spread.high if up else spread.low for spread, up in ends if spread.fact},
    )


Directions = Mapping[str, Mapping[Spread, bool]]  # quantity -> value -> whether its upper end raises the quantity


def directions(measure: Callable[[Corner], Values], values: list[Spread]) -> Directions:
    """Which way each value moves each quantity."""
    nominal, *moved = in_parallel(measure, [corner([]), *(corner([(value, True)]) for value in values)])
    return {
        quantity: {
            value: after[quantity] > before
            for value, after in zip(values, moved, strict=True)
            if abs(after[quantity] - before) > _NO_EFFECT * max(abs(before), 1e-3)
        }
        for quantity, before in nominal.items()
    }


def worst(found: Directions, quantity: str, *, highest: bool) -> Corner:
    """The corner at which a quantity is highest, or lowest."""
    return corner((value, raises == highest) for value, raises in found[quantity].items())


def in_parallel(function: Callable[[Argument], Returned], arguments: Iterable[Argument]) -> list[Returned]:
    """The results in the order of the arguments; one simulation per processor at a time."""
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        return list(pool.map(function, arguments))
