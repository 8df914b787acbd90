"""The station against every single fault, and against good boards: over all cores, or wherever joblib is told to work."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from joblib import Parallel, delayed

from manufacturing.station.coverage import trial
from manufacturing.station.coverage.fault import Fault, LeftOut
from manufacturing.station.coverage.kept import Kept
from manufacturing.station.coverage.trial import Bench, Good, Outcome, Subject

_BATCH = 1  # trials take between a tenth of a second and seconds: in batches, cores would wait for each other


@dataclass(frozen=True)
class Plan:
    """These faults are run, and so many good boards, numbered from 0. `unseen`: faults that the virtual board cannot have."""

    faults: tuple[Fault, ...]
    unseen: tuple[LeftOut, ...]
    good_boards: int

    def subjects(self) -> list[Subject]:
        """Faults that are one board electrically are one subject."""
        return [*dict.fromkeys(fault.change for fault in self.faults), *map(Good, range(self.good_boards))]


def sampled(plan: Plan, count: int, seed: int) -> Plan:
    """Only so many of the faults by chance, seen or not; all if there are no more."""
    everything = [*plan.faults, *plan.unseen]
    chosen = set(random.Random(seed).sample(range(len(everything)), min(count, len(everything))))
    split = len(plan.faults)
    return replace(
        plan,
        faults=tuple(fault for number, fault in enumerate(plan.faults) if number in chosen),
        unseen=tuple(left for number, left in enumerate(plan.unseen, split) if number in chosen),
    )


def run(bench: Bench, plan: Plan, kept: Kept, jobs: int, done: Callable[[], object]) -> dict[Subject, Outcome]:
    """What became of each. What is kept is not run again; `done` is told of each that is over."""
    subjects = plan.subjects()
    outcomes = {subject: outcome for subject in subjects if (outcome := kept.get(subject)) is not None}
    for _ in outcomes:
        done()
    for subject, outcome in _run(bench, [subject for subject in subjects if subject not in outcomes], jobs):
        kept.add(subject, outcome)
        outcomes[subject] = outcome
        done()
    return outcomes


def _run(bench: Bench, subjects: list[Subject], jobs: int) -> Iterator[tuple[Subject, Outcome]]:
    """As they end."""
    workers = Parallel(jobs, return_as="generator_unordered", batch_size=_BATCH)
    yield from workers(delayed(_named)(bench, subject) for subject in subjects)


def _named(bench: Bench, subject: Subject) -> tuple[Subject, Outcome]:
    return subject, trial.run(bench, subject)
