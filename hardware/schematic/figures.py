"""Figures in the drawings' notes, computed from the netlist's values so that they cannot go stale.

{corner R5 C13}   corner frequency of R and C, 1 / (2 pi R C)
{gain R5 R6}      gain of a non-inverting stage, 1 + R5 / R6
{fact Ci24R1 transmit_ma}   a figure of a part's definition
"""

import math
import re

from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.parts import PARTS

_FIGURE = re.compile(r"\{(\w+)((?: \w+)+)\}")


def filled_in(text: str, netlist: Netlist, file: str) -> str:
    """The note with its figures. InputError if it names a part that is gone or a figure that does not exist."""

    def figure(match: re.Match[str]) -> str:
        kind, refs = match[1], match[2].split()
        if kind == "fact":
            return _fact(refs[0], refs[-1], file)
        for ref in refs:
            if ref not in netlist.components:
                raise InputError(f"{file}: the note {text!r} names {ref}, which is gone: mend the note")
        nominal = [_nominal(netlist, ref) for ref in refs]
        if kind == "corner":
            return _frequency(1 / (2 * math.pi * math.prod(nominal)))
        if kind == "gain":
            return f"{1 + nominal[0] / nominal[1]:.0f}"
        raise InputError(f"{file}: the note {text!r} asks for {kind!r}; there are corner, gain and fact")

    return _FIGURE.sub(figure, text)


def _fact(part: str, name: str, file: str) -> str:
    figure = PARTS[part].facts.get(name) if part in PARTS else None
    if figure is None:
        raise InputError(f"{file}: a note asks for {name} of part {part}, which hardware/parts does not state: mend the note")
    return f"{figure:g}" if isinstance(figure, float) else figure


def _nominal(netlist: Netlist, ref: str) -> float:
    rating = netlist.components[ref].part.rating
    if rating is None:
        raise InputError(f"{ref} has no rated value to compute a note from")
    return rating.nominal


def _frequency(hertz: float) -> str:
    return f"{hertz / 1000:.2g} kHz" if hertz >= 1000 else f"{hertz:.3g} Hz"
