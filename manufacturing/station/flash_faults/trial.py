"""One unit flashed while something goes wrong, and what became of it."""

import random
from dataclasses import dataclass

from manufacturing.station.flash_faults.disturbance import KINDS, Disturbance
from manufacturing.station.flash_faults.unit import Unit

FLIPPED, STUCK, CUT = "flipped-in-flash", "stuck-in-flash", "power-cut"
ALL_KINDS = (*KINDS, FLIPPED, STUCK, CUT)

_SMALL, _WHOLE, _WHOLE_SHARE = (200, 2000), 28 * 1024, 0.01
_RATES = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2)
_ONCE_SHARE = 0.4
_DIRECTIONS = (("to_chip",), ("to_host",), ("to_chip", "to_host"))
DELAYS_S = (0.0, 1.3e-3, 2.9e-3)  # into what the flash takes for two pages, an erasure, the option bytes


@dataclass(frozen=True)
class Outcome:
    """`happened`: how many faults. `corrupted`: the flasher accepted what is not what it should be. `second`: a run without
    faults, after that."""

    seed: int
    kind: str
    happened: int
    said: str
    corrupted: bool
    second: str


def trial(seed: int, kind: str, small: bool = False) -> Outcome:
    chance = random.Random(f"{seed} {kind}")
    whole = not small and chance.random() < _WHOLE_SHARE
    unit = Unit(seed, _WHOLE if whole else chance.randrange(*_SMALL))
    match kind:
        case "stuck-in-flash":
            return _stuck(unit, chance)
        case "flipped-in-flash":
            return _flipped(unit, chance)
        case "power-cut":
            after, delay_s = chance.choice(cuts(unit.seed, unit.image_bytes))
            return cut_off(unit, after, delay_s)
    return _on_the_line(unit, kind, chance)


def _on_the_line(unit: Unit, kind: str, chance: random.Random) -> Outcome:
    disturbances = []
    bytes_about = 2 * len(unit.image) + 2000
    for direction in chance.choice(_DIRECTIONS):
        once = chance.randrange(bytes_about) if chance.random() < _ONCE_SHARE else None
        disturbances.append(Disturbance(kind, chance, 0.0 if once is not None else chance.choice(_RATES), once))
        setattr(unit.bench, direction, disturbances[-1])
    flashed, said = unit.flash()
    corrupted = flashed is not None and not unit.holds(flashed)
    return Outcome(unit.seed, kind, sum(one.happened for one in disturbances), said, corrupted, unit.run_again())


def _flipped(unit: Unit, chance: random.Random) -> Outcome:
    """Bits that change after the writing and before the reading back: what changes later nobody can see."""
    bits = [(chance.randrange(len(unit.image)), chance.randrange(8)) for _ in range(chance.choice((1, 1, 2, 5)))]

    def flip() -> None:
        for at, bit in bits:
            unit.flip(at, bit)

    flashed, said = unit.flash(when_written=flip)
    corrupted = flashed is not None and not unit.holds(flashed)
    return Outcome(unit.seed, FLIPPED, len(bits), said, corrupted, unit.run_again())


def _stuck(unit: Unit, chance: random.Random) -> Outcome:
    """Cells that keep their value. They stay so: a second run may be refused again."""
    for _ in range(chance.choice((1, 1, 2, 8))):
        unit.bench.stuck.append((chance.randrange(len(unit.image)), chance.randrange(8), chance.random() < 0.5))
    flashed, said = unit.flash()
    corrupted = flashed is not None and not unit.holds(flashed)
    return Outcome(unit.seed, STUCK, len(unit.bench.stuck), said, corrupted, unit.run_again())


def cuts(seed: int, image_bytes: int) -> list[tuple[int, float]]:
    """Where the power can go: with the first byte of each piece that the host sends, with its last, and while the chip works."""
    unit = Unit(seed, image_bytes)
    unit.flash()
    begun = unit.bench.written
    starts = [(after + 1, 0.0) for after in begun]
    ends = [(after, delay_s) for after in (*begun[1:], unit.bench.sent) for delay_s in DELAYS_S]
    return [*starts, *ends]


def cut_off(unit: Unit, after_bytes: int, delay_s: float) -> Outcome:
    unit.bench.cut_after = (after_bytes, delay_s)
    flashed, said = unit.flash()
    corrupted = flashed is not None and not unit.holds(flashed)
    return Outcome(unit.seed, CUT, 1, said, corrupted, unit.run_again())
