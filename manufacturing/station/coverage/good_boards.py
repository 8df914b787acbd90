"""Boards without a fault, each value somewhere within its tolerance and often at its end: the station must pass them all."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hardware.analogue.tolerance import Spread, spreads
from hardware.netlist import Netlist
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.radio import CI24R1
from hardware.spice import preamp
from hardware.spice.supply import Cell
from manufacturing.station.coverage.changes import scaled

SUPPLY_V = (2.4, 3.2)
SOURCE_OHM = (15.0, 25.0)  # a fresh cell (?), or 22 ohm in the fixture; an aged cell is no property of a good board
AUDIO_CORNERS = 16  # audio blocks that differ: ngspice works out each

# Of the supply rails (?): the makers' figures for capacitors as mounted differ by about as much, and so do formulas for tracks.
MOUNTED_SPREAD, ESR_FACTOR, TRACK_SPREAD = 0.3, 2.0, 0.15

_AXES = ("offset_x_g", "offset_y_g", "offset_z_g")


@dataclass(frozen=True)
class GoodBoard:
    """What VirtualBoard needs of it: netlist, cell, seed. Boards of one `audio` number have the same audio block."""

    number: int
    netlist: Netlist
    cell: Cell
    seed: int
    audio: int


def good_board(netlist: Netlist, campaign: int, number: int) -> GoodBoard:
    """The board of that number in the campaign of that seed: the same one at each call."""
    chance = random.Random(f"good board {campaign} {number}")
    audio = number % AUDIO_CORNERS
    toleranced = _audio_block(netlist, random.Random(f"audio block {campaign} {audio}"))
    toleranced = _passives(toleranced, chance)
    toleranced = _radio(_accelerometer(toleranced, chance), chance)
    toleranced = rails_within(toleranced, random.Random(f"rails {campaign} {number}"))
    cell = Cell(_within(*SUPPLY_V, chance), _within(*SOURCE_OHM, chance))
    return GoodBoard(number, toleranced, cell, chance.randrange(1, 2**31), audio)


def good_boards(netlist: Netlist, campaign: int, count: int) -> Iterator[GoodBoard]:
    return (good_board(netlist, campaign, number) for number in range(count))


def _within(low: float, high: float, chance: random.Random) -> float:
    """Each end as often as all that is between them."""
    return chance.choice((low, high, chance.uniform(low, high)))


def _audio_block(netlist: Netlist, chance: random.Random) -> Netlist:
    drawn = {spread: _within(spread.low, spread.high, chance) for spread in spreads(netlist, preamp.BLOCK)}
    toleranced = scaled(netlist, {spread.ref: value for spread, value in drawn.items() if not spread.fact})
    return _with_facts(toleranced, {spread: value for spread, value in drawn.items() if spread.fact})


def _passives(netlist: Netlist, chance: random.Random) -> Netlist:
    """Those outside of the audio block that have a value which the virtual board reads."""
    return scaled(
        netlist,
        {
            ref: _within(1 - c.part.rating.tolerance, 1 + c.part.rating.tolerance, chance)
            for ref, c in netlist.components.items()
            if c.part.rating is not None and c.block != preamp.BLOCK
        },
    )


def _accelerometer(netlist: Netlist, chance: random.Random) -> Netlist:
    offset, rate = (float(SC7A20HTR.facts[name]) for name in ("offset_max_g", "rate_error_max"))
    ends = {**dict.fromkeys(_AXES, offset), "rate_error": rate}
    spreads_of = [Spread(c.ref, name, -end, end) for c in netlist.of_part(SC7A20HTR.name) for name, end in ends.items()]
    return _with_facts(netlist, {spread: _within(spread.low, spread.high, chance) for spread in spreads_of})


def _radio(netlist: Netlist, chance: random.Random) -> Netlist:
    most = float(CI24R1.facts["output_error_max_db"])
    spreads_of = [Spread(c.ref, "output_error_db", -most, most) for c in netlist.of_part(CI24R1.name)]
    return _with_facts(netlist, {spread: _within(spread.low, spread.high, chance) for spread in spreads_of})


def rails_within(netlist: Netlist, chance: random.Random) -> Netlist:
    """What an impedance meter meets beside capacity: inductance and resistance of capacitors, inductance of tracks."""
    found = {}
    for component in netlist.components.values():
        ref, facts = component.ref, component.part.facts
        if "mounted_h" in facts:
            factor = _within(1 - MOUNTED_SPREAD, 1 + MOUNTED_SPREAD, chance)
            found[Spread(ref, "mounted_h", 0, 0)] = float(facts["mounted_h"]) * factor
            found[Spread(ref, "esr_ohm", 0, 0)] = float(facts["esr_ohm"]) * _within(1 / ESR_FACTOR, ESR_FACTOR, chance)
        if "track_inductance_error" in facts:
            found[Spread(ref, "track_inductance_error", 0, 0)] = _within(-TRACK_SPREAD, TRACK_SPREAD, chance)
    return _with_facts(netlist, found)


def _with_facts(netlist: Netlist, values: dict[Spread, float]) -> Netlist:
    components = dict(netlist.components)
    for spread, value in values.items():
        part = components[spread.ref].part
        components[spread.ref] = replace(components[spread.ref], part=replace(part, facts={**part.facts, spread.fact: value}))
    return replace(netlist, components=components)
