"""Yield, failures, distributions and times of a set of records.

A unit is a unique ID; a unit that could not be read is one by itself, since nothing ties it to a later test. An attempt that
ended in ERROR says nothing about the unit: yields go by the first and the last attempt that judged it.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from manufacturing.station.records.record import Measurement, Stored, Verdict


@dataclass(frozen=True)
class Unit:
    """All attempts of one unit, in their order."""

    attempts: tuple[Stored, ...]

    @property
    def judged(self) -> tuple[Stored, ...]:
        return tuple(each for each in self.attempts if each.record.verdict is not Verdict.ERROR)

    @property
    def last(self) -> Stored:
        return self.attempts[-1]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float | None:
        return 100 * self.count / self.of if self.of else None


@dataclass(frozen=True)
class Distribution:
    """A measurement over the units: of each, the first attempt that took it, as it came from assembly.

    The limits are those of the newest record.
    """

    step: str
    name: str
    unit: str
    least: float | None
    most: float | None
    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        return statistics.fmean(self.values)

    @property
    def deviation(self) -> float | None:
        return statistics.stdev(self.values) if len(self.values) > 1 else None

    @property
    def cpk(self) -> float | None:
        return self._cpk(self.values)

    @property
    def cpk_inside(self) -> float | None:
        """Of the values within the limits: what the process does where nothing is broken."""
        return self._cpk([value for value in self.values if not self._is_outside(value)])

    @property
    def outside(self) -> int:
        return sum(map(self._is_outside, self.values))

    def _cpk(self, values: Sequence[float]) -> float | None:
        """Distance from the mean to the nearer limit over three standard deviations; None without limit or spread."""
        deviation = statistics.stdev(values) if len(values) > 1 else 0
        mean = statistics.fmean(values) if values else 0
        margins = [mean - self.least] if self.least is not None else []
        margins += [self.most - mean] if self.most is not None else []
        return min(margins) / (3 * deviation) if deviation and margins else None

    def _is_outside(self, value: float) -> bool:
        return (self.least is not None and value < self.least) or (self.most is not None and value > self.most)


@dataclass(frozen=True)
class Production:
    units: tuple[Unit, ...]
    first_pass: Share
    final: Share
    failures: tuple[tuple[str, int], ...]  # code, units that failed with it at any attempt; the most frequent first
    errors: tuple[tuple[str, int], ...]  # the station's own: code, attempts
    distributions: tuple[Distribution, ...]  # in the order of the test
    seconds: tuple[float, ...]  # of every attempt that passed: others end early
    step_seconds: tuple[tuple[str, float], ...]  # step, median
    retested: tuple[Unit, ...]  # the most attempts first

    @property
    def attempts(self) -> list[Stored]:
        return [each for unit in self.units for each in unit.attempts]


def of(records: Iterable[Stored]) -> Production:
    """Of records in the order of the chain."""
    every = list(records)
    units = _units(every)
    judged = [unit.judged for unit in units if unit.judged]
    passed = [each.record for each in every if each.record.verdict is Verdict.PASS]
    return Production(
        units=units,
        first_pass=Share(sum(attempts[0].record.verdict is Verdict.PASS for attempts in judged), len(judged)),
        final=Share(sum(attempts[-1].record.verdict is Verdict.PASS for attempts in judged), len(judged)),
        failures=_ranked(code for unit in units for code in _codes(unit)),
        errors=_ranked(each.record.code for each in every if each.record.verdict is Verdict.ERROR),
        distributions=tuple(_distributions(units)),
        seconds=tuple(record.seconds for record in passed),
        step_seconds=_step_seconds([(step.name, step.seconds) for record in passed for step in record.steps]),
        retested=tuple(sorted((u for u in units if len(u.attempts) > 1), key=lambda u: -len(u.attempts))),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies, by interpolation."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def _units(records: Iterable[Stored]) -> tuple[Unit, ...]:
    grouped: dict[str, list[Stored]] = defaultdict(list)
    for stored in records:
        grouped[stored.record.uid or f"record {stored.position}"].append(stored)
    return tuple(Unit(tuple(attempts)) for attempts in grouped.values())


def _codes(unit: Unit) -> set[str]:
    return {each.record.code for each in unit.attempts if each.record.verdict is Verdict.FAIL}


def _ranked(codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(codes).items(), key=lambda item: (-item[1], item[0])))


def _distributions(units: Iterable[Unit]) -> Iterable[Distribution]:
    newest: dict[tuple[str, str], tuple[int, Measurement]] = {}
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for unit in units:
        seen = set()
        for stored in unit.attempts:
            for each in stored.record.measurements:
                key = each.step, each.name
                newest[key] = max(newest.get(key, (0, each)), (stored.position, each), key=lambda pair: pair[0])
                if each.value is not None and key not in seen:
                    seen.add(key)
                    values[key].append(each.value)
    for key, (_, each) in newest.items():
        if values[key]:
            yield Distribution(*key, each.unit, each.least, each.most, tuple(values[key]))


def _step_seconds(steps: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    by_step: dict[str, list[float]] = defaultdict(list)
    for name, seconds in steps:
        by_step[name].append(seconds)
    return tuple((name, statistics.median(seconds)) for name, seconds in by_step.items())
