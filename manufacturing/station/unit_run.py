"""One unit from blank to recorded: flash and verify, self-test, configuration, record."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hardware.errors import InputError, ToolError
from hardware.virtual_board.not_modelled import NotModelled
from manufacturing.station.configure import configure
from manufacturing.station.flasher.failures import FlashError
from manufacturing.station.flasher.procedure import Flashed, Wishes, flash
from manufacturing.station.ledger import Ledger
from manufacturing.station.link import Link, LinkError
from manufacturing.station.position import Position
from manufacturing.station.records.record import Measurement, Outcome, Setting, Step, UnitRecord, Verdict
from manufacturing.station.selftest.steps import CODES, CONFIGURATION, FLASH
from manufacturing.station.selftest.unit import UnitUnderTest
from manufacturing.station.selftest.verdict import STATION, Failure, Skipped, StationFault, of_flasher, of_link
from manufacturing.station.station import Station

UID_DIGITS = 32  # lot, wafer and number: the rest of the chip's 128 bytes is empty
UNRECORDED = f"{STATION}-UNRECORDED"

Watch = Callable[[str], None]  # is told the step that begins


class Stopped(Exception):
    """Somebody stopped the station: the unit is not recorded."""


@dataclass(frozen=True)
class UnitResult:
    """`text` says why it did not pass. `seconds`: of the wall, or of the virtual board."""

    position: str
    verdict: Verdict
    code: str
    text: str
    uid: str | None
    serial: int | None
    seconds: float
    steps: tuple[Step, ...]
    measurements: tuple[Measurement, ...]
    calibration: dict[str, Setting]


@dataclass
class _Run:
    """What is known so far. Steps are told to `watch`, and stop the run once `stopped` is set."""

    position: Position
    station: Station
    watch: Watch
    stopped: threading.Event
    clock: Callable[[], float] = lambda: 0.0
    uid: str | None = None
    serial: int | None = None
    steps: list[Step] = field(default_factory=list)
    unit: UnitUnderTest | None = None

    @contextmanager
    def step(self, name: str, prefix: str) -> Iterator[None]:
        """Whatever way it ends, the step is noted; what ends the run comes out as _Ended."""
        if self.stopped.is_set():
            raise Stopped
        self.watch(name)
        if self.unit is not None:
            self.unit.begin(name)
        began = self.clock()
        verdict, code, text = Verdict.PASS, "", ""
        try:
            yield
            if self.unit is not None:
                self.unit.end()
        except Skipped as reason:
            self.steps.append(Step(name, Outcome.SKIPPED, seconds=self.clock() - began))
            self.watch(str(reason))
            return
        except FlashError as error:
            verdict, code, text = Verdict.FAIL, f"{prefix}-{of_flasher(error.cause)}", str(error)
        except Failure as error:
            verdict, code, text = Verdict.FAIL, f"{prefix}-{error.cause}", str(error)
        except Exception as error:
            verdict, (code, text) = Verdict.ERROR, _station_fault(error)
        self.steps.append(Step(name, Outcome(verdict), code, self.clock() - began))
        if verdict is not Verdict.PASS:
            raise _Ended(verdict, code, text)


class _Ended(Exception):
    def __init__(self, verdict: Verdict, code: str, text: str) -> None:
        super().__init__(text)
        self.verdict, self.code = verdict, code


def run_unit(
    position: Position,
    station: Station,
    records: Ledger,
    watch: Watch = lambda _: None,
    stopped: threading.Event | None = None,
) -> UnitResult:
    """Always a verdict, and it is recorded before it is returned: PASS only of a unit whose record is safe.

    Stopped, and no record, if `stopped` is set before the test has ended.
    """
    run = _Run(position, station, watch, stopped or threading.Event())
    started = datetime.now(UTC)
    verdict, code, text, seconds = Verdict.PASS, "", "", 0.0
    try:
        with position.open() as link:
            run.clock = link.clock
            began = link.clock()
            try:
                _test(run, link, records)
            finally:
                seconds = link.clock() - began
    except _Ended as end:
        verdict, code, text = end.verdict, end.code, str(end)
    except Stopped:
        raise
    except Exception as error:
        verdict, (code, text) = Verdict.ERROR, _station_fault(error)
    if run.stopped.is_set():
        raise Stopped
    unit = run.unit
    result = UnitResult(
        position=position.name,
        verdict=verdict,
        code=code,
        text=text,
        uid=run.uid,
        serial=run.serial,
        seconds=seconds,
        steps=tuple(run.steps),
        measurements=tuple(unit.measurements) if unit else (),
        calibration=dict(unit.calibration) if unit else {},
    )
    return recorded(result, station, records, started)


def _test(run: _Run, link: Link, records: Ledger) -> None:
    """_Ended at the first step that is not passed."""
    with run.step(FLASH, CODES[FLASH]):
        flashed = _flashed(run, link)
        run.uid = flashed.uid[:UID_DIGITS]
    run.unit = UnitUnderTest(link, run.position, run.station.limits, run.station.image, flashed.uid)
    for step in run.station.steps:
        with run.step(step.name, step.code):
            step.run(run.unit)
    with run.step(CONFIGURATION, CODES[CONFIGURATION]):
        run.serial = _reserved(records, run.uid, run.station)
        configure(run.unit, run.serial, run.station.addresses)


def _flashed(run: _Run, link: Link) -> Flashed:
    def progress(*_: object) -> None:
        if run.stopped.is_set():
            raise Stopped

    return flash(link, run.position.reset, run.station.image, Wishes(baud=run.station.baud), progress)


def _reserved(records: Ledger, uid: str | None, station: Station) -> int:
    assert uid is not None  # flashed
    try:
        return records.reserve_serial(uid, station.name)
    except InputError as error:
        raise StationFault("RECORDS", str(error)) from error


def recorded(result: UnitResult, station: Station, records: Ledger, started: datetime | None = None) -> UnitResult:
    """A unit that cannot be recorded has not passed: the station is at fault."""
    started = started or datetime.now(UTC)
    record = UnitRecord(
        uid=result.uid,
        serial=result.serial,
        verdict=result.verdict,
        code=result.code,
        firmware_sha256=station.image_sha256,
        limits_version=station.limits.version,
        station=station.name,
        operator=station.operator,
        batch=station.batch,
        started=started,
        finished=started + timedelta(seconds=result.seconds),
        calibration=result.calibration,
        steps=result.steps,
        measurements=result.measurements,
        run_id=uuid.uuid4().hex,
    )
    try:
        records.append(record)
    except Exception as error:
        _, text = _station_fault(error)
        return replace(result, verdict=Verdict.ERROR, code=UNRECORDED, text=f"not recorded: {text}")
    return result


def _station_fault(error: Exception) -> tuple[str, str]:
    """Code and sentence. What nobody foresaw is told in full to the log."""
    if isinstance(error, Stopped):
        raise error
    if isinstance(error, LinkError):
        return f"{STATION}-{of_link(error.fault)}", str(error)
    if isinstance(error, StationFault):
        return error.code, str(error)
    if isinstance(error, NotModelled):
        return f"{STATION}-NOTMODELLED", str(error)
    if isinstance(error, InputError | ToolError):
        return f"{STATION}-SETUP", str(error)
    logging.getLogger(__name__).error("the station failed", exc_info=error)
    return f"{STATION}-INTERNAL", " ".join(f"{type(error).__name__}: {error}".split())
