"""The way from the radio's ANT pin to the antenna: what share of the radio's power arrives there, on each of its channels.

Parts have the parasitics of their definitions, and every conductor of the block a stray capacitance to every other one: where
solder is missing, power is lost, but not all of it. The antenna is a resistor between its feed and ground; the short that an
inverted F is for direct current plays no part here, and neither do tracks and vias.

The impedances of radio and antenna and all parasitics are assumed (?): what a real board loses has to be measured on one.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from math import pi

import numpy as np
from numpy.typing import NDArray

from hardware.netlist import Component, Netlist
from hardware.parts.board_features import ANTENNA
from hardware.parts.radio import CI24R1
from hardware.spice import program
from hardware.spice.deck import node

BLOCK = "radio"
CHANNELS = 128  # register RF_CH has seven bits, 1 MHz each
LOWEST_HZ = 2.4e9
SPACING_HZ = 1e6
_ROOT_WATT = "root_watt"

STRAY_F = 0.04e-12  # as across an 0402 chip resistor: 0.026 to 0.039 pF without its pads (Vishay, TN on thin film resistors)
_QUALITY_HZ = 2.45e9
_OPTIONS = (".options rshunt=1e12",)  # nothing floats at direct current, from which the analysis starts
_PASSIVE = ("resistance", "capacitance", "inductance")

Real = NDArray[np.float64]


def delivered(netlist: Netlist) -> Real:
    """Share of the power that the radio could give which the antenna gets, by number of the radio's channel.

    None at all without radio or antenna. InputError if ngspice is missing.
    """
    return _simulated(deck(netlist))


def deck(netlist: Netlist) -> tuple[str, ...]:
    """All that decides, as ngspice reads it: where decks are equal, so is what arrives."""
    radios, antennas = netlist.of_part(CI24R1.name), netlist.of_part(ANTENNA.name)
    if not radios or not antennas:
        return ()
    block = netlist.in_block(BLOCK)
    parts = [line for component in block for line in _passive(netlist, component)]
    return (*_OPTIONS, *_radio(netlist, radios[0]), *parts, *_antenna(netlist, antennas[0]), *_stray(netlist, block))


@lru_cache(maxsize=1024)
def _simulated(lines: tuple[str, ...]) -> Real:
    if not lines:
        return np.zeros(CHANNELS)
    commands = [f"save v({_ROOT_WATT})", f"ac lin {CHANNELS} {LOWEST_HZ:g} {LOWEST_HZ + (CHANNELS - 1) * SPACING_HZ:g}"]
    (found,) = program.run(lines, commands)
    watt: Real = np.abs(found[f"v({_ROOT_WATT})"]) ** 2
    watt.flags.writeable = False  # callers share it
    return watt


def _radio(netlist: Netlist, radio: Component) -> Iterator[str]:
    """A source that could give 1 W: 2 V behind 1 ohm, or as much behind its own resistance."""
    ohm = float(radio.part.facts["antenna_pin_ohm"])
    yield f"Vradio radio 0 DC 0 AC {2 * ohm**0.5:.9g}"
    yield f"Rradio radio {node(netlist, radio.ref, radio.part.pin('ANT'))} {ohm:.9g}"


def _antenna(netlist: Netlist, antenna: Component) -> Iterator[str]:
    """A resistor, and a node whose voltage squared is the power in it."""
    feed, ground = (node(netlist, antenna.ref, antenna.part.pin(name)) for name in ("FEED", "GND"))
    ohm = float(antenna.part.facts["feed_ohm"])
    yield f"Vantenna {feed} antenna DC 0"
    yield f"Rantenna antenna {ground} {ohm:.9g}"
    yield f"H{_ROOT_WATT} {_ROOT_WATT} 0 Vantenna {ohm**0.5:.9g}"


def _passive(netlist: Netlist, component: Component) -> Iterator[str]:
    rating, facts, ref = component.part.rating, component.part.facts, component.ref
    if rating is None or rating.quantity not in _PASSIVE:
        return
    one, other = (node(netlist, ref, pin) for pin in component.part.pins)
    inside = f"inside_{ref.lower()}"
    match rating.quantity:
        case "resistance":
            yield f"R{ref} {one} {other} {rating.nominal:.9g}"
        case "capacitance":
            yield f"C{ref} {one} {inside}_c {rating.nominal:.9g}"
            yield f"L{ref} {inside}_c {inside}_l {float(facts['series_h']):.9g}"
            yield f"R{ref} {inside}_l {other} {float(facts['series_ohm']):.9g}"
        case "inductance":
            yield f"L{ref} {one} {inside} {rating.nominal:.9g}"
            yield f"R{ref} {inside} {other} {2 * pi * _QUALITY_HZ * rating.nominal / float(facts['quality']):.9g}"
            yield f"C{ref} {one} {other} {float(facts['parallel_f']):.9g}"


def _stray(netlist: Netlist, block: list[Component]) -> Iterator[str]:
    conductors = sorted({name for component in block for name in _conductors(netlist, component)})
    for number, (one, other) in enumerate(combinations(conductors, 2)):
        yield f"Cstray{number} {one} {other} {STRAY_F:.9g}"


def _conductors(netlist: Netlist, component: Component) -> list[str]:
    """The nets and open pins that power can take."""
    part = component.part
    if part.name == CI24R1.name:
        pins = [part.pin("ANT")]
    elif part.name == ANTENNA.name or (part.rating is not None and part.rating.quantity in _PASSIVE):
        pins = list(part.pins)
    else:
        pins = []
    return [node(netlist, component.ref, pin) for pin in pins]
