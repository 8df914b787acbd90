"""What is measured of the supply rails, probe by probe: quantities and their frequencies. Limits: limits.csv.

Frequencies are where capacitors show: below 1 MHz each by its capacity; between, where one capacity resonates with the tracks
to the next; above, by the inductance that it shunts. `rise` is one impedance over another, which the inductance at the probe
hardly moves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hardware.rails.impedance import CELL, MICROPHONE, PADS

UNIT = "mohm"
RISE = "rise"
_LEAST_MOHM = 1e-3  # a solid short has no rise


@dataclass(frozen=True)
class Sweep:
    """`rise`: the lower and the higher frequency of it."""

    hertz: tuple[float, ...]
    rise: tuple[float, float]


SWEEPS: Mapping[str, Sweep] = {
    PADS: Sweep((50e3, 100e3, 300e3, 830e3, 1.1e6, 2.1e6, 3.4e6, 5.4e6, 10e6, 19e6, 22e6, 30e6), (3.4e6, 10e6)),
    CELL: Sweep((50e3, 100e3, 300e3, 700e3, 2.3e6, 4e6, 7.4e6, 14e6, 30e6), (7.4e6, 14e6)),
    MICROPHONE: Sweep((50e3, 100e3, 280e3, 700e3, 4e6, 12e6, 19e6, 26e6), (19e6, 26e6)),
}


def named(probe: str, hertz: float) -> str:
    return f"{probe}_{hertz / 1e6:g}M" if hertz >= 1e6 else f"{probe}_{hertz / 1e3:g}k"


def units() -> dict[str, str]:
    """Of every quantity."""
    found = {named(probe, hertz): UNIT for probe, sweep in SWEEPS.items() for hertz in sweep.hertz}
    return found | {f"{probe}_{RISE}": "" for probe in SWEEPS}


def quantities(probe: str, impedances: Sequence[complex]) -> Iterator[tuple[str, float]]:
    """From the impedances at the probe's frequencies, in their order."""
    sweep = SWEEPS[probe]
    mohm = {hertz: 1000 * abs(one) for hertz, one in zip(sweep.hertz, impedances, strict=True)}
    for hertz, one in mohm.items():
        yield named(probe, hertz), one
    low, high = (mohm[hertz] for hertz in sweep.rise)
    yield f"{probe}_{RISE}", high / max(low, _LEAST_MOHM)
