"""What came of a unit, and its record."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from manufacturing.station.ledger import Ledger
from manufacturing.station.records.record import Measurement, Setting, Step, UnitRecord, Verdict
from manufacturing.station.selftest.verdict import STATION
from manufacturing.station.station import Station
from manufacturing.station.station_fault import station_fault

UNRECORDED = f"{STATION}-UNRECORDED"


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
        _, text = station_fault(error)
        return replace(result, verdict=Verdict.ERROR, code=UNRECORDED, text=f"not recorded: {text}")
    return result
