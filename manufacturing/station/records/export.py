"""Records as a file for other programs.

JSON Lines has everything as it is hashed, a record a line: whoever has the file can prove it, and the last hash of it shows
later that the database still holds these records. CSV has a line for each measurement, for spreadsheets.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from hardware import files
from hardware.errors import InputError
from manufacturing.station.records.selection import Selection
from manufacturing.station.records.store import Records

_RECORD = (
    *("position", "attempt", "serial", "uid", "verdict", "code", "station", "operator", "batch", "started", "finished"),
    *("firmware_sha256", "limits_version"),
)
_MEASUREMENT = ("step", "name", "value", "unit", "least", "most")
FORMATS = (".csv", ".jsonl")


def write(records: Records, path: Path, which: Selection) -> int:
    """By the ending of the path; how many records. It takes the path only when it is whole."""
    if path.suffix not in FORMATS:
        raise InputError(f"{path} ends in neither of {', '.join(FORMATS)}: name the file by the format that you want")
    counted = _Counted(records.contents(which))
    with files.written_beside(path) as file:
        (_csv if path.suffix == ".csv" else _json_lines)(file, counted)
    return counted.count


class _Counted:
    def __init__(self, contents: Iterator[dict[str, Any]]) -> None:
        self.count = 0
        self._contents = contents

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for content in self._contents:
            self.count += 1
            yield content


def _json_lines(file: TextIO, contents: _Counted) -> None:
    for content in contents:
        file.write(json.dumps(content, separators=(",", ":")) + "\n")


def _csv(file: TextIO, contents: _Counted) -> None:
    """A record that measured nothing has one line all the same."""
    table = csv.DictWriter(file, (*_RECORD, *_MEASUREMENT), restval="", extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for content in contents:
        for measurement in content["measurements"] or [{}]:
            table.writerow(content | measurement)
