"""Many trials, over all cores, and what they add up to."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from joblib import Parallel, delayed

from manufacturing.station.flash_faults.trial import ALL_KINDS, STUCK, Outcome, cut_off, cuts, trial
from manufacturing.station.flash_faults.unit import ACCEPTED, UNPROTECTED, Unit

_CUT_IMAGE_BYTES = 700


@dataclass(frozen=True)
class Report:
    outcomes: tuple[Outcome, ...]

    @property
    def corrupted(self) -> list[Outcome]:
        """Accepted, though something is not what it should be: in the first run or in the second."""
        return [one for one in self.outcomes if one.corrupted or one.second == "corrupted"]

    @property
    def not_recovered(self) -> list[Outcome]:
        """Once nothing goes wrong any more, a second run has to succeed, unless the flash itself is broken."""
        good = (ACCEPTED, UNPROTECTED)
        return [one for one in self.outcomes if one.kind != STUCK and one.second not in good]

    @property
    def holds(self) -> bool:
        return not self.corrupted and not self.not_recovered

    def as_json(self) -> dict[str, Any]:
        return {
            "trials": len(self.outcomes),
            "faults": sum(one.happened for one in self.outcomes),
            "accepted": sum(one.said == ACCEPTED for one in self.outcomes),
            "corrupted_accepted": len(self.corrupted),
            "not_recovered": len(self.not_recovered),
            "recovered_by_unprotect": sum(one.second == UNPROTECTED for one in self.outcomes),
            "by_kind": {kind: dict(Counter(one.said for one in self.of(kind))) for kind in ALL_KINDS},
            "failures": [vars(one) for one in (*self.corrupted, *self.not_recovered)],
        }

    def of(self, kind: str) -> list[Outcome]:
        return [one for one in self.outcomes if one.kind == kind]


def run(trials: int, cut_images: int, seed: int, jobs: int, small: bool, done: Callable[[int, int], object]) -> Report:
    """`trials` by chance, of all kinds alike, and for so many images more a cut at every command."""
    tasks = [delayed(trial)(seed * 1_000_000 + number, ALL_KINDS[number % len(ALL_KINDS)], small) for number in range(trials)]
    tasks += list(_cuts_at_every_command(seed, cut_images))
    outcomes = []
    for outcome in Parallel(n_jobs=jobs, return_as="generator", batch_size=8)(tasks):
        outcomes.append(outcome)
        done(len(outcomes), len(tasks))
    return Report(tuple(outcomes))


def _cuts_at_every_command(seed: int, images: int) -> Iterable[Any]:
    for number in range(images):
        own_seed = seed * 1_000_000 + 900_000 + number
        for after, delay_s in cuts(own_seed, _CUT_IMAGE_BYTES):
            yield delayed(_cut)(own_seed, after, delay_s)


def _cut(seed: int, after_bytes: int, delay_s: float) -> Outcome:
    return cut_off(Unit(seed, _CUT_IMAGE_BYTES), after_bytes, delay_s)
