"""What a row's hash is over, and how it hangs on the row before.

hash = SHA-256(previous hash, line feed, content as canonical JSON): keys sorted, no spaces, ASCII, floats in the shortest
form that reads back the same. Anyone can compute it from an export.

One chain for the whole database, not one for each station. Appends take turns anyhow, because attempt numbers count what
all stations wrote; a turn takes milliseconds and a unit seconds. In return the records of all stations have one order, and
no station's last records can go unseen once another station has appended. Serial numbers are a second chain of the same
kind, so that one that was reserved and never used is as firm as a record.

A chain shows what was changed, removed from within, or put in another order. It cannot show that its end was cut off, or
that somebody wrote all of it anew: note the last hash elsewhere (an export has it), and `dollar records verify --head` tells.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from manufacturing.station.records.models import MeasurementRow, SerialRow, StepRow, UnitRow

GENESIS = "0" * 64
FORMAT = 2  # 1: without steps

_SERIAL = ("serial", "uid", "station", "reserved")
_UNIT = (
    *("position", "format", "run_id", "uid", "serial", "attempt", "verdict", "code", "firmware_sha256", "limits_version"),
    *("station", "operator", "batch", "calibration", "started", "finished"),
)
_STEP = ("place", "name", "outcome", "code", "seconds")
_MEASUREMENT = ("place", "step", "name", "value", "unit", "least", "most")


def link(previous_hash: str, content: Mapping[str, Any]) -> str:
    """ValueError or TypeError if the content has what no record has: NaN, infinity, bytes."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def hash_of(row: SerialRow | UnitRow) -> str:
    """What the row's hash must be, by its content and by the hash before it."""
    return link(row.previous_hash, serial_content(row) if isinstance(row, SerialRow) else unit_content(row))


def serial_content(row: SerialRow) -> dict[str, Any]:
    return _fields(row, _SERIAL)


def unit_content(row: UnitRow) -> dict[str, Any]:
    """ValueError if the row's format is unknown, or it has what its format lacks."""
    if row.format not in (1, FORMAT):
        raise ValueError(f"format {row.format} is unknown")
    if row.format == 1 and row.steps:
        raise ValueError("a record of format 1 has no steps")
    content = _fields(row, _UNIT) | {"measurements": [_fields(each, _MEASUREMENT) for each in row.measurements]}
    if row.format > 1:
        content["steps"] = [_fields(each, _STEP) for each in row.steps]
    return content


def _fields(row: SerialRow | UnitRow | StepRow | MeasurementRow, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
