"""Records to test with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from manufacturing.station.records.record import Measurement, Outcome, Step, UnitRecord, Verdict

START = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)
MEASUREMENTS = (
    Measurement("supply", "supply_mv", 3001.25, "mV", 2900, 3100),
    Measurement("axes", "x_mg", -0.1, "mg", -80, 80),
    Measurement("sleep", "slept_ms", None, "ms", 990),
)
STEPS = (Step("supply", Outcome.PASS, "", 0.125), Step("microphone", Outcome.SKIPPED), Step("sleep", Outcome.FAIL, "9-LOW", 1.5))


def uid(number: int) -> str:
    return f"{number:032x}"


def record(number: int = 1, **changes: Any) -> UnitRecord:
    """Of the unit with that number; it passed unless `changes` say otherwise."""
    fields: dict[str, Any] = {
        "uid": uid(number),
        "serial": None,
        "verdict": Verdict.PASS,
        "code": "",
        "firmware_sha256": "5e" * 32,
        "limits_version": "2026-03-01",
        "station": "bench",
        "operator": "Zoë",
        "batch": "B7",
        "started": START + timedelta(seconds=10 * number),
        "finished": START + timedelta(seconds=10 * number + 6),
        "calibration": {"offset_x_mg": -12, "ble_address": "C0:11:22:33:44:55"},
        "steps": STEPS,
        "measurements": MEASUREMENTS,
    }
    return UnitRecord(**fields | changes)
