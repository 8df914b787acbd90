"""Walking both chains: which record is the first that is not as it was written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import exists, select
from sqlalchemy.orm import Session, selectinload

from hardware.errors import InputError
from manufacturing.station.records import chain, database
from manufacturing.station.records.models import MeasurementRow, SerialRow, StepRow, UnitRow
from manufacturing.station.records.store import Records

_STREAMED = {"yield_per": 200}  # records in memory while walking


@dataclass(frozen=True)
class Verified:
    records: int  # that are as they were written, from the first on
    serials: int
    head: str  # hash of the last of them: noted elsewhere, it shows later that none was cut off
    findings: tuple[str, ...]  # at most one of each kind: what comes after a broken record cannot be told

    @property
    def ok(self) -> bool:
        return not self.findings


def verify(records: Records, head: str = "") -> Verified:
    """Every row of the database; `head` is a hash that a record must have. One state of it, whatever is appended meanwhile."""
    units = select(UnitRow).order_by(UnitRow.position).options(selectinload(UnitRow.steps), selectinload(UnitRow.measurements))
    serials = select(SerialRow).order_by(SerialRow.serial)
    try:
        with database.reading(records.engine) as connection, Session(connection) as session:
            unit_walk = _Walk("record", (_unit(row) for row in session.scalars(units, execution_options=_STREAMED)))
            serial_walk = _Walk("serial number", (_serial(row) for row in session.scalars(serials, execution_options=_STREAMED)))
            findings = [*unit_walk.findings, *serial_walk.findings, *_strays(session), *_beheaded(session, head)]
            if connection.dialect.name == "sqlite":
                findings += _damage(connection)
    except InputError as error:  # SQLite could not read its own file
        return Verified(0, 0, chain.GENESIS, (str(error),))
    return Verified(unit_walk.good, serial_walk.good, unit_walk.head, tuple(findings))


@dataclass(frozen=True)
class _Link:
    number: int
    previous_hash: str
    hash: str
    computed: str  # "" if the content is none that was ever written


class _Walk:
    def __init__(self, what: str, links: Iterable[_Link]) -> None:
        self.good = 0
        self.head = chain.GENESIS
        self.findings: list[str] = []
        for link in links:
            if problem := self._problem(link):
                self.findings.append(f"{what} {problem}")
                return
            self.good, self.head = link.number, link.hash

    def _problem(self, link: _Link) -> str:
        if link.number != self.good + 1:
            return f"{self.good + 1} is missing: number {link.number} comes in its place"
        if link.previous_hash != self.head:
            return f"{link.number} does not follow the one before it: one of the two was exchanged"
        if link.hash != link.computed:
            return f"{link.number} was changed: its content does not give its hash"
        return ""


def _unit(row: UnitRow) -> _Link:
    return _Link(row.position, row.previous_hash, row.hash, _computed(row))


def _serial(row: SerialRow) -> _Link:
    return _Link(row.serial, row.previous_hash, row.hash, _computed(row))


def _computed(row: UnitRow | SerialRow) -> str:
    try:
        return chain.hash_of(row)
    except (TypeError, ValueError):
        return ""


def _strays(session: Session) -> Iterator[str]:
    """Rows that hang on no record, and records whose serial number is another unit's."""
    for kind, row in (("measurements", MeasurementRow), ("steps", StepRow)):
        lost = session.scalar(select(row.position).where(~exists().where(UnitRow.position == row.position)).limit(1))
        if lost is not None:
            yield f"record {lost} is missing: its {kind} are there"
    own = exists().where(SerialRow.serial == UnitRow.serial, SerialRow.uid == UnitRow.uid)
    foreign = session.scalar(select(UnitRow.position).where(UnitRow.serial.is_not(None), ~own).limit(1))
    if foreign is not None:
        yield f"record {foreign} has a serial number that was not reserved for its unit"


def _beheaded(session: Session, head: str) -> Iterator[str]:
    if head and session.scalar(select(UnitRow.position).where(UnitRow.hash == head)) is None:
        yield f"no record has the hash {head}: the end was cut off, or all was written anew"


def _damage(connection: sqlalchemy.Connection) -> list[str]:
    """What SQLite finds in its file: an index that does not fit its table, a page that is torn."""
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars()
    return [f"the file is damaged: {text}" for text in said if text != "ok"]
