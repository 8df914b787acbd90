"""One unit from blank to recorded: supply rails, factory test image, product image, configuration, record."""

import threading
from datetime import UTC, datetime

from hardware.errors import InputError
from manufacturing.station.configure import configure
from manufacturing.station.flasher.procedure import Wishes, flash
from manufacturing.station.ledger import Ledger
from manufacturing.station.link import Link
from manufacturing.station.position import Position
from manufacturing.station.records.record import Verdict
from manufacturing.station.selftest.steps import CODES, CONFIGURATION, FACTORY, FLASH, Phase
from manufacturing.station.selftest.unit import UnitUnderTest
from manufacturing.station.selftest.verdict import StationFault
from manufacturing.station.station import Station
from manufacturing.station.station_fault import station_fault
from manufacturing.station.unit_progress import Ended, Stopped, UnitProgress, Watch
from manufacturing.station.unit_result import UnitResult, recorded

UID_DIGITS = 32  # lot, wafer and number: the rest of the chip's 128 bytes is empty


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
    run = UnitProgress(position, station, watch, stopped or threading.Event())
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
    except Ended as end:
        verdict, code, text = end.verdict, end.code, str(end)
    except Stopped:
        raise
    except Exception as error:
        verdict, (code, text) = Verdict.ERROR, station_fault(error)
    if run.stopped.is_set():
        raise Stopped
    return recorded(_result(run, verdict, code, text, seconds), station, records, started)


def _test(run: UnitProgress, link: Link, records: Ledger) -> None:
    """Ended at the first step that is not passed."""
    run.unit = unit = UnitUnderTest(link, run.position, run.station.limits, run.station.image)
    _take(run, unit, Phase.UNPOWERED)
    if run.station.of(Phase.FACTORY):
        _flash(run, unit, FACTORY, run.station.factory_image)
        _take(run, unit, Phase.FACTORY)
    _flash(run, unit, FLASH, run.station.image)
    _take(run, unit, Phase.PRODUCT)
    with run.step(CONFIGURATION, CODES[CONFIGURATION]):
        run.serial = _reserved(records, run.uid, run.station)
        configure(unit, run.serial, run.station.addresses)


def _flash(run: UnitProgress, unit: UnitUnderTest, name: str, image: bytes) -> None:
    def progress(*_: object) -> None:
        if run.stopped.is_set():
            raise Stopped

    with run.step(name, CODES[name]):
        uid = flash(unit.link, run.position.reset, image, Wishes(baud=run.station.baud), progress).uid
        run.uid = uid[:UID_DIGITS]
        unit.flashed(uid)


def _take(run: UnitProgress, unit: UnitUnderTest, phase: Phase) -> None:
    for step in run.station.of(phase):
        with run.step(step.name, step.code):
            step.run(unit)


def _reserved(records: Ledger, uid: str | None, station: Station) -> int:
    assert uid is not None  # flashed
    try:
        return records.reserve_serial(uid, station.name)
    except InputError as error:
        raise StationFault("RECORDS", str(error)) from error


def _result(run: UnitProgress, verdict: Verdict, code: str, text: str, seconds: float) -> UnitResult:
    unit = run.unit
    return UnitResult(
        position=run.position.name,
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
