"""What is known of one test of one unit: the values that a station hands in and a report gets back.

A time is aware of its zone and is kept in UTC to the microsecond. Numbers are finite: what could not be measured is None.
"""

import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from hardware.errors import InputError

_UID = re.compile(r"[0-9a-f]{16,64}")  # the chip has 128 bits; room for another
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RUN = re.compile(r"[0-9a-f]{32}")

Setting = int | float | str


class Verdict(StrEnum):
    PASS = "PASS"
    FAIL = "FAIL"  # the unit's fault
    ERROR = "ERROR"  # the station's own


class Outcome(StrEnum):
    """Of one step: a verdict, or left out by the station's configuration."""

    PASS = "PASS"
    FAIL = "FAIL"
    ERROR = "ERROR"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True)
class Measurement:
    """A value with the limits that it was held against; a limit of None is open, a value of None was not to be had."""

    step: str
    name: str
    value: float | None
    unit: str
    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        _check_texts(self, "step", "name", "unit")
        for name in ("value", "least", "most"):
            number = getattr(self, name)
            if number is not None:
                object.__setattr__(self, name, finite(number, f"{name} of {self.step} {self.name}"))

    @property
    def within(self) -> bool:
        if self.value is None:
            return False
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


@dataclass(frozen=True)
class Step:
    name: str
    outcome: Outcome
    code: str = ""  # of step and cause, when it did not pass
    seconds: float = 0.0

    def __post_init__(self) -> None:
        _check_texts(self, "name", "code")
        object.__setattr__(self, "outcome", Outcome(self.outcome))
        object.__setattr__(self, "seconds", finite(self.seconds, f"seconds of {self.name}"))


@dataclass(frozen=True)
class UnitRecord:
    """One finished test of one unit. InputError if a field cannot be true."""

    uid: str | None  # the chip's unique ID in lower-case hexadecimal; None if it was never read
    serial: int | None  # as reserved; None takes the one that is reserved for this unique ID, if any
    verdict: Verdict
    code: str  # of step and cause; "" if it passed
    firmware_sha256: str
    limits_version: str
    station: str
    operator: str
    batch: str
    started: datetime
    finished: datetime
    calibration: Mapping[str, Setting] = field(default_factory=dict)  # what was written to this unit alone
    steps: tuple[Step, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    run_id: str = field(default_factory=lambda: uuid.uuid4().hex)  # of this test: a record handed in twice is kept once

    def __post_init__(self) -> None:
        _check_texts(self, "code", "limits_version", "station", "operator", "batch")
        object.__setattr__(self, "verdict", Verdict(self.verdict))
        object.__setattr__(self, "calibration", _settings(self.calibration))
        for name in ("started", "finished"):
            object.__setattr__(self, name, _utc(getattr(self, name), name))
        if self.uid is not None:
            check_uid(self.uid)
        if self.serial is not None and self.uid is None:
            raise InputError(f"serial number {self.serial} belongs to no unique ID: a unit that was not read has none")
        if not _SHA256.fullmatch(self.firmware_sha256):
            raise InputError(f"the firmware's SHA-256 {self.firmware_sha256!r} is none: give 64 lower-case hexadecimal digits")
        if not _RUN.fullmatch(self.run_id):
            raise InputError(f"the run {self.run_id!r} is no UUID: give uuid.uuid4().hex, a new one for each test")
        if not self.station:
            raise InputError("the record names no station: give its name")
        if (self.verdict is Verdict.PASS) != (self.code == ""):
            raise InputError(f"verdict {self.verdict} with code {self.code!r}: only a unit that passes has no code")
        if self.finished < self.started:
            raise InputError(f"the test finished at {self.finished} before it started at {self.started}: set the station's clock")

    @property
    def seconds(self) -> float:
        return (self.finished - self.started).total_seconds()


@dataclass(frozen=True)
class Stored:
    """A record as it stands in the chain."""

    position: int  # 1 for the first record of the database, without gaps
    attempt: int  # 1 for the first record of this unique ID, and for every unit that was not read
    previous_hash: str
    hash: str
    record: UnitRecord


@dataclass(frozen=True)
class Reservation:
    serial: int
    uid: str
    station: str
    reserved: datetime


def check_uid(uid: str) -> None:
    if not _UID.fullmatch(uid):
        raise InputError(
            f"the unique ID {uid!r} is none: give 16 to 64 lower-case hexadecimal digits, or None if it was not read"
        )


def finite(number: float, what: str) -> float:
    """As SQLite gives it back: a float, and zero without a sign. InputError for infinity and NaN."""
    if not math.isfinite(number):
        raise InputError(f"{what} is {number}: give a finite number, or None if there is none")
    return float(number) + 0.0


def _check_texts(record: Measurement | Step | UnitRecord, *names: str) -> None:
    """One line of printable text each: no database keeps NUL, and no terminal is to obey what a broken board has said."""
    for name in names:
        text = getattr(record, name)
        if not text.isprintable():
            raise InputError(f"{name} is {text!r}: give one line of printable text")


def _utc(time: datetime, name: str) -> datetime:
    if time.utcoffset() is None:
        raise InputError(f"the time {name} has no zone: give datetime.now(UTC)")
    return time.astimezone(UTC)


def _settings(settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """In the order of their names; fractions are finite."""
    return {
        name: finite(value, f"calibration {name}") if isinstance(value, float) else value
        for name, value in sorted(settings.items())
    }
