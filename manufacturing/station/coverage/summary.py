"""What a campaign adds up to: how many faults the station finds, by class, which escape and why, which good boards it fails."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from manufacturing.station.coverage.campaign import Plan
from manufacturing.station.coverage.escapes import why
from manufacturing.station.coverage.fault import Fault, FaultClass
from manufacturing.station.coverage.trial import Bench, Good, Outcome, Subject
from manufacturing.station.records.record import Verdict

FLOOR_PERCENT = 90.0


@dataclass(frozen=True)
class Escape:
    """`code`: of a trial that ended without a verdict on the unit; empty if it passed, or could not be run."""

    fault: Fault
    code: str
    reason: str


@dataclass(frozen=True)
class Coverage:
    """`faults` are those that were run and those that the virtual board cannot have, which count as not found."""

    faults: tuple[Fault, ...]
    escapes: tuple[Escape, ...]
    found_by: Counter[str]  # by the first part of the code: the step
    good_boards: int
    false_fails: dict[int, Outcome]

    @property
    def detected(self) -> int:
        return len(self.faults) - len(self.escapes)

    @property
    def holds(self) -> bool:
        """Good boards pass, and enough of the faults are found."""
        return not self.false_fails and _percent(self.detected, len(self.faults)) >= FLOOR_PERCENT

    def as_json(self) -> dict[str, Any]:
        return {
            "faults": len(self.faults),
            "detected": self.detected,
            "percent": _percent(self.detected, len(self.faults)),
            "by_class": self._by_class(),
            "detected_by": dict(self.found_by.most_common()),
            "escapes": [
                {
                    "name": e.fault.name,
                    "class": e.fault.fault_class,
                    "fault": e.fault.sentence,
                    "code": e.code,
                    "reason": e.reason,
                }
                for e in self.escapes
            ],
            "good_boards": self.good_boards,
            "false_fails": len(self.false_fails),
            "failed_good_boards": [
                {"number": number, "code": outcome.code, "text": outcome.text} for number, outcome in self.false_fails.items()
            ],
        }

    def _by_class(self) -> dict[str, dict[str, float]]:
        faults = Counter(fault.fault_class for fault in self.faults)
        escaped = Counter(escape.fault.fault_class for escape in self.escapes)
        return {
            str(kind): {
                "faults": faults[kind],
                "detected": faults[kind] - escaped[kind],
                "percent": _percent(faults[kind] - escaped[kind], faults[kind]),
            }
            for kind in FaultClass
            if faults[kind]
        }


def summary(bench: Bench, plan: Plan, outcomes: Mapping[Subject, Outcome]) -> Coverage:
    escapes = [Escape(left.fault, "", left.reason) for left in plan.unseen]
    found_by: Counter[str] = Counter()
    for fault in plan.faults:
        outcome = outcomes[fault.change]
        if outcome.verdict is Verdict.FAIL:
            found_by[outcome.code.split("-")[0]] += 1
        else:
            escapes.append(Escape(fault, outcome.code, outcome.text or why(bench.netlist, fault.change)))
    good = {number: outcomes[Good(number)] for number in range(plan.good_boards)}
    return Coverage(
        faults=(*plan.faults, *(left.fault for left in plan.unseen)),
        escapes=tuple(escapes),
        found_by=found_by,
        good_boards=plan.good_boards,
        false_fails={number: outcome for number, outcome in good.items() if outcome.verdict is not Verdict.PASS},
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0
