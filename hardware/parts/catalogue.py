"""What the distributor says an order code is: the second opinion on value, package and maker of every part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hardware import tables
from hardware.errors import InputError

FILE = Path(__file__).with_name("catalogue.csv")
COLUMNS = ("lcsc", "mpn", "manufacturer", "package", "class", "joints", "description", "date", "source")
CLASSES = ("Basic", "Preferred", "Extended")  # of JLCPCB's assembly library; they decide the feeder fee

_CODE = re.compile(r"C[1-9]\d*")


@dataclass(frozen=True)
class Entry:
    """One order code as the distributor lists it."""

    lcsc: str
    mpn: str
    manufacturer: str
    package: str
    library_class: str
    joints: int
    description: str
    date: date
    source: str

    @property
    def is_ceramic_capacitor(self) -> bool:
        return "MLCC" in self.description


def load(path: Path = FILE) -> Mapping[str, Entry]:
    """The catalogue by LCSC number. InputError, naming file and line, for a row that is malformed or there twice."""
    entries: dict[str, Entry] = {}
    for row in tables.read(path, COLUMNS):
        code = order_code(row)
        if code in entries:
            raise row.fault(f"{code} is there twice: keep one of the rows")
        entries[code] = Entry(
            lcsc=code,
            mpn=row.text("mpn"),
            manufacturer=row.text("manufacturer"),
            package=row.text("package"),
            library_class=row.choice("class", CLASSES),
            joints=row.whole("joints", least=1),
            description=row.text("description"),
            date=row.day("date"),
            source=row.text("source"),
        )
    return entries


def order_code(row: tables.Row) -> str:
    """The row's LCSC number. InputError if it is none."""
    code = row.fields["lcsc"]
    if not _CODE.fullmatch(code):
        raise row.fault(f"lcsc is {code!r}: write the LCSC number as C and digits, such as C1525")
    return code


def entry_of(catalogue: Mapping[str, Entry], code: str, wanted_by: str) -> Entry:
    """The entry of a code. InputError for a code that the catalogue lacks."""
    try:
        return catalogue[code]
    except KeyError:
        raise InputError(
            f"{tables.shown(FILE)} has no row for {code}, the order code of {wanted_by}: correct the code, or add its row"
        ) from None
