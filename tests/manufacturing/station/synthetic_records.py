"""A production that never was: seeded records of good, faulty and repaired units, to develop and test reports with."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from manufacturing.station.records import rows
from manufacturing.station.records.chain import GENESIS
from manufacturing.station.records.record import Measurement, Outcome, Step, Stored, UnitRecord, Verdict


@dataclass(frozen=True)
class Quantity:
    step: str
    name: str
    unit: str
    mean: float
    deviation: float
    least: float | None
    most: float | None
    faulty: float  # value of a unit that fails here


QUANTITIES = (
    Quantity("supply", "supply_mv", "mV", 3002, 9, 2950, 3050, 2790),
    Quantity("axes", "x_mg", "mg", 4, 21, -120, 120, 410),
    Quantity("axes", "y_mg", "mg", -7, 22, -120, 120, -300),
    Quantity("axes", "z_mg", "mg", 1003, 31, 880, 1120, 0),
    Quantity("microphone", "dc_lsb", "LSB", 2047, 19, 1960, 2130, 4095),
    Quantity("microphone", "rms_lsb", "LSB", 3.1, 0.5, None, 8, 90),
    Quantity("radio", "crystal_start_us", "us", 640, 95, 200, 1200, 1900),
    Quantity("sleep", "slept_ms", "ms", 1001, 6, 950, 1050, 4),
)
SECONDS = {"link": 0.4, "flash": 2.6, "supply": 0.1, "axes": 1.0, "microphone": 0.5, "radio": 0.2, "led": 0.0, "sleep": 1.5}
FAULTS = {"microphone-HIGH": 5, "axes-HIGH": 3, "radio-HIGH": 3, "supply-LOW": 2, "sleep-LOW": 1, "link-SILENT": 2}  # weights
START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def production(units: int, seed: int) -> Iterator[Stored]:
    """In the order of the chain; nothing is written anywhere. About one unit in eight fails at first, most pass repaired."""
    chance = random.Random(seed)
    clock = START
    previous, position = GENESIS, 0
    for serial in range(1, units + 1):
        uid = f"{chance.getrandbits(128):032x}"
        for attempt, fault in enumerate(_faults(chance), 1):
            record = _test(chance, serial, uid, clock, fault)
            position += 1
            row = rows.unit_row(record, position, attempt if record.uid else 1, previous)
            previous = row.hash
            clock = record.finished + timedelta(seconds=chance.uniform(3, 9))
            yield rows.stored(row)


def _faults(chance: random.Random) -> list[str]:
    """What each attempt ends with; "" passes."""
    if chance.random() < 0.03:
        return ["station-NO-PORT", ""]
    if chance.random() > 0.12:
        return [""]
    fault = chance.choices(list(FAULTS), list(FAULTS.values()))[0]
    return [fault] * chance.choice([1, 1, 2]) + ([""] if chance.random() < 0.7 else [])


def _test(chance: random.Random, serial: int, uid: str, started: datetime, fault: str) -> UnitRecord:
    failed_step, _, _ = fault.partition("-")
    steps: list[Step] = []
    measurements: list[Measurement] = []
    for name, seconds in SECONDS.items():
        bad = name == failed_step
        steps.append(Step(name, *_outcome(name, bad, fault), round(seconds * chance.gauss(1, 0.03), 3)))
        measurements += [_measure(chance, each, bad and i == 0) for i, each in enumerate(q for q in QUANTITIES if q.step == name)]
        if bad:
            break
    if failed_step in ("station", "link"):
        steps, measurements = steps[: failed_step == "link"], []
    taken = sum(step.seconds for step in steps) + chance.uniform(0.1, 0.4)
    return UnitRecord(
        uid=None if fault == "link-SILENT" else uid,
        serial=None if fault == "link-SILENT" else serial,
        verdict=Verdict.PASS if not fault else Verdict.ERROR if failed_step == "station" else Verdict.FAIL,
        code=fault,
        firmware_sha256="c3" * 32,
        limits_version="2026-02-20",
        station="bench-1" if serial % 3 else "bench-2",
        operator="Zoë",
        batch="B7" if serial < 200 else "B8",
        started=started,
        finished=started + timedelta(seconds=taken),
        calibration={"offset_x_mg": chance.randrange(-40, 40), "offset_y_mg": chance.randrange(-40, 40)},
        steps=tuple(steps),
        measurements=tuple(measurements),
        run_id=f"{chance.getrandbits(128):032x}",
    )


def _outcome(name: str, bad: bool, fault: str) -> tuple[Outcome, str]:
    if bad:
        return Outcome.FAIL, fault
    return (Outcome.SKIPPED if name == "led" else Outcome.PASS), ""


def _measure(chance: random.Random, of: Quantity, faulty: bool) -> Measurement:
    value = of.faulty * chance.uniform(0.97, 1.0) if faulty else chance.gauss(of.mean, of.deviation)
    within = value if faulty else min(max(value, of.least or 0.0), of.most or value)
    return Measurement(of.step, of.name, round(within, 1), of.unit, of.least, of.most)
