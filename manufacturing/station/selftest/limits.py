"""The limits: a table of step, quantity, unit, low, high and reason. An end that is empty is open."""

import csv
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hardware.errors import InputError

STANDARD = Path(__file__).with_name("limits.csv")
_COLUMNS = ["step", "quantity", "unit", "low", "high", "reason"]
_VERSION_DIGITS = 12


@dataclass(frozen=True)
class Limit:
    step: str
    quantity: str
    unit: str
    low: float | None
    high: float | None
    reason: str


@dataclass(frozen=True)
class Limits:
    """By step and quantity. `version`: the beginning of the SHA-256 of all that decides, so reasons are left out."""

    table: Mapping[tuple[str, str], Limit]

    def of(self, step: str, quantity: str) -> Limit:
        """InputError if the table lacks it."""
        try:
            return self.table[step, quantity]
        except KeyError:
            raise InputError(f"the limits lack {quantity} of step {step}: add a line for it") from None

    def require(self, units: Mapping[tuple[str, str], str]) -> None:
        """InputError unless there is a limit for each of these quantities, in its unit, and for nothing else."""
        for (step, quantity), unit in units.items():
            found = self.of(step, quantity).unit
            if found != unit:
                raise InputError(f"the limits of {step}, {quantity} are in {found or 'no unit'}: give them in {unit or 'none'}")
        for step, quantity in self.table.keys() - units.keys():
            raise InputError(f"the limits have {quantity} of step {step}, which nothing measures: mend or remove that line")

    @property
    def version(self) -> str:
        lines = sorted(f"{one.step},{one.quantity},{one.unit},{one.low},{one.high}\n" for one in self.table.values())
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:_VERSION_DIGITS]


def read(path: Path = STANDARD) -> Limits:
    """InputError, with the line, if it is no table of limits."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [(reader.line_num, row) for row in reader]
            columns = reader.fieldnames
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): name a file of limits with --limits") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} is no CSV file ({error}): write it as {STANDARD.name} is") from None
    if columns != _COLUMNS:
        raise InputError(f"{path}:1: the columns are not {','.join(_COLUMNS)}: write that as the first line")
    table: dict[tuple[str, str], Limit] = {}
    for line, row in rows:
        limit = _limit(row, f"{path}:{line}")
        if (limit.step, limit.quantity) in table:
            raise InputError(f"{path}:{line}: {limit.step}, {limit.quantity} is there twice: remove one of the lines")
        table[limit.step, limit.quantity] = limit
    return Limits(table)


def _limit(row: Mapping[str | None, str | None], where: str) -> Limit:
    if None in row or None in row.values():
        raise InputError(f"{where}: there are not {len(_COLUMNS)} fields: put a reason that has commas in quotes")
    texts = {str(name): (text or "").strip() for name, text in row.items()}
    low, high = (_number(texts[end], where) for end in ("low", "high"))
    if low is None and high is None:
        raise InputError(f"{where}: neither low nor high is given: a limit has at least one")
    if low is not None and high is not None and low > high:
        raise InputError(f"{where}: low {low:g} is above high {high:g}: exchange them")
    if not texts["reason"]:
        raise InputError(f"{where}: there is no reason: say where the limits come from")
    return Limit(texts["step"], texts["quantity"], texts["unit"], low, high, texts["reason"])


def _number(text: str, where: str) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        number = math.nan
    if number is not None and not math.isfinite(number):
        raise InputError(f"{where}: {text!r} is no number: write a decimal number, or leave it empty")
    return number
