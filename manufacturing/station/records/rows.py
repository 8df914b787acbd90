"""Between the values of the border and the rows of the tables."""

import json
from datetime import UTC, datetime

from manufacturing.station.records import chain
from manufacturing.station.records.models import MeasurementRow, SerialRow, StepRow, UnitRow
from manufacturing.station.records.record import Measurement, Outcome, Reservation, Step, Stored, UnitRecord, Verdict


def unit_row(record: UnitRecord, position: int, attempt: int, previous_hash: str) -> UnitRow:
    """With its hash."""
    row = UnitRow(
        position=position,
        format=chain.FORMAT,
        run_id=record.run_id,
        uid=record.uid,
        serial=record.serial,
        attempt=attempt,
        verdict=record.verdict.value,
        code=record.code,
        firmware_sha256=record.firmware_sha256,
        limits_version=record.limits_version,
        station=record.station,
        operator=record.operator,
        batch=record.batch,
        calibration=json.dumps(record.calibration, separators=(",", ":")),
        started=time_text(record.started),
        finished=time_text(record.finished),
        previous_hash=previous_hash,
        hash="",
        steps=[
            StepRow(place=place, name=step.name, outcome=step.outcome.value, code=step.code, seconds=step.seconds)
            for place, step in enumerate(record.steps)
        ],
        measurements=[
            MeasurementRow(
                place=place, step=each.step, name=each.name, value=each.value, unit=each.unit, least=each.least, most=each.most
            )
            for place, each in enumerate(record.measurements)
        ],
    )
    row.hash = chain.hash_of(row)
    return row


def stored(row: UnitRow) -> Stored:
    record = UnitRecord(
        run_id=row.run_id,
        uid=row.uid,
        serial=row.serial,
        verdict=Verdict(row.verdict),
        code=row.code,
        firmware_sha256=row.firmware_sha256,
        limits_version=row.limits_version,
        station=row.station,
        operator=row.operator,
        batch=row.batch,
        calibration=json.loads(row.calibration),
        started=_time(row.started),
        finished=_time(row.finished),
        steps=tuple(Step(each.name, Outcome(each.outcome), each.code, each.seconds) for each in row.steps),
        measurements=tuple(
            Measurement(each.step, each.name, each.value, each.unit, each.least, each.most) for each in row.measurements
        ),
    )
    return Stored(row.position, row.attempt, row.previous_hash, row.hash, record)


def serial_row(serial: int, uid: str, station: str, reserved: datetime, previous_hash: str) -> SerialRow:
    """With its hash."""
    row = SerialRow(serial=serial, uid=uid, station=station, reserved=time_text(reserved), previous_hash=previous_hash, hash="")
    row.hash = chain.hash_of(row)
    return row


def reservation(row: SerialRow) -> Reservation:
    return Reservation(row.serial, row.uid, row.station, _time(row.reserved))


def time_text(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
