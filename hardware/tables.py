"""Tables as CSV files: read with the line numbers kept, so that a fault is reported where it stands."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hardware import paths
from hardware.errors import InputError

_WHOLE = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True)
class Row:
    """One line of a table. Each accessor returns the field in its type or raises InputError with file, line and mend."""

    path: Path
    line: int
    fields: Mapping[str, str]

    def fault(self, text: str) -> InputError:
        return InputError(f"{shown(self.path)}:{self.line}: {text}")

    def text(self, column: str) -> str:
        if not self.fields[column]:
            raise self.fault(f"{column} is empty: fill it in")
        return self.fields[column]

    def whole(self, column: str, least: int = 0) -> int:
        value = self.fields[column]
        if not _WHOLE.fullmatch(value) or int(value) < least:
            raise self.fault(f"{column} is {value!r}: write a whole number of at least {least}")
        return int(value)

    def dollars(self, column: str) -> float:
        """A price above zero, with a decimal point and without a currency sign."""
        value = self.fields[column]
        if not _DECIMAL.fullmatch(value) or float(value) <= 0:
            raise self.fault(f"{column} is {value!r}: write US dollars as a plain decimal number above 0, such as 0.0053")
        return float(value)

    def day(self, column: str) -> date:
        value = self.fields[column]
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.fault(f"{column} is {value!r}: write the date as YYYY-MM-DD") from None

    def choice(self, column: str, allowed: tuple[str, ...]) -> str:
        value = self.fields[column]
        if value not in allowed:
            raise self.fault(f"{column} is {value!r}: write one of {', '.join(allowed)}")
        return value

    def yes(self, column: str) -> bool:
        return self.choice(column, ("yes", "no")) == "yes"


def read(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a CSV file that has at least these columns; blank lines are skipped, fields stripped.

    InputError if the file is missing, not UTF-8, lacks a column, or a line has too few or too many fields.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{shown(path)} is missing: restore it, or name another file") from None
    except (IsADirectoryError, UnicodeDecodeError):
        raise InputError(f"{shown(path)} is not a CSV text file: export it as CSV in UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] = []
    line = 1
    try:
        for fields in reader:
            start, line = line, reader.line_num + 1
            if not fields:
                continue
            if not header:
                header = _checked_header(path, start, fields, columns)
                continue
            if len(fields) != len(header):
                raise InputError(
                    f"{shown(path)}:{start}: {len(fields)} fields where the header has {len(header)}: "
                    "put text that holds a comma in double quotes, or add what is missing"
                )
            rows.append(Row(path, start, dict(zip(header, map(str.strip, fields), strict=True))))
    except csv.Error as error:
        raise InputError(f"{shown(path)}:{line}: not CSV ({error}): close the double quotes on this line") from None
    if not header:
        raise InputError(f"{shown(path)}:1: the file is empty: its first line must be {','.join(columns)}")
    return rows


def _checked_header(path: Path, line: int, fields: list[str], columns: tuple[str, ...]) -> list[str]:
    header = [field.strip() for field in fields]
    missing = [column for column in columns if column not in header]
    if missing:
        raise InputError(f"{shown(path)}:{line}: the header lacks {', '.join(missing)}: it must have {','.join(columns)}")
    return header


def shown(path: Path) -> str:
    """The path as a person at the repository's root would type it."""
    return str(path.relative_to(paths.ROOT)) if path.is_relative_to(paths.ROOT) else str(path)
