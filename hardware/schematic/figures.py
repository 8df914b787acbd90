"""Figures in the drawings' notes, computed from the netlist's values so that they cannot go stale.

{corner R5 C13}             corner frequency of R and C, 1 / (2 pi R C)
{corner_at_3v R4 C11}       the same with what the capacitor keeps of its value at 3 V
{gain R5 R6}                gain of a non-inverting stage, 1 + R5 / R6
{current R1 D1}             current of an LED behind a resistor at the fresh cell's voltage
{fact Ci24R1 transmit_ma}   a figure of a part's definition
"""

import math
import re
from collections.abc import Callable

from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.parts import PARTS

_FIGURE = re.compile(r"\{(\w+) (\S+) (\S+)\}")


def filled_in(text: str, netlist: Netlist, file: str) -> str:
    """The note with its figures. InputError if it names a part that is gone or a figure that does not exist."""

    def figure(match: re.Match[str]) -> str:
        kind, first, second = match.groups()
        if kind not in _FORMULAS:
            raise InputError(f"{file}: the note {text!r} asks for {kind!r}; there are {', '.join(_FORMULAS)}")
        try:
            return _FORMULAS[kind](netlist, first, second)
        except KeyError as missing:
            raise InputError(
                f"{file}: the note {text!r} names {missing}, which the circuit does not have: mend the note"
            ) from None

    return _FIGURE.sub(figure, text)


def _corner(netlist: Netlist, resistor: str, capacitor: str) -> str:
    return _frequency(_nominal(netlist, resistor) * _nominal(netlist, capacitor))


def _corner_at_3v(netlist: Netlist, resistor: str, capacitor: str) -> str:
    share = float(netlist.components[capacitor].part.facts["share_of_capacitance_at_3v"])
    return _frequency(_nominal(netlist, resistor) * _nominal(netlist, capacitor) * share)


def _frequency(time_constant_s: float) -> str:
    hertz = 1 / (2 * math.pi * time_constant_s)
    return f"{hertz / 1000:.2g} kHz" if hertz >= 1000 else f"{hertz:.3g} Hz"


def _gain(netlist: Netlist, feedback: str, leg: str) -> str:
    return f"{1 + _nominal(netlist, feedback) / _nominal(netlist, leg):.0f}"


def _current(netlist: Netlist, resistor: str, led: str) -> str:
    drop = float(netlist.components[led].part.facts["forward_v"])
    across = float(PARTS["CR2032"].facts["fresh_v"]) - drop
    return f"{across / _nominal(netlist, resistor) * 1000:.2g} mA"


def _fact(_: Netlist, part: str, name: str) -> str:
    figure = PARTS[part].facts[name]
    return f"{figure:g}" if isinstance(figure, float) else str(figure)


def _nominal(netlist: Netlist, ref: str) -> float:
    rating = netlist.components[ref].part.rating
    if rating is None:
        raise KeyError(f"the rated value of {ref}")
    return rating.nominal


_FORMULAS: dict[str, Callable[[Netlist, str, str], str]] = {
    "corner": _corner,
    "corner_at_3v": _corner_at_3v,
    "gain": _gain,
    "current": _current,
    "fact": _fact,
}
