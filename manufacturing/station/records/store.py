"""The records of a production: `Records.open(place)`, `reserve_serial`, `append`, and iteration.

When `append` has returned, the record survives a crash and a loss of power; before that there is nothing of it. A station
that does not know whether it was answered hands the same record in again: it is kept once. Nothing here changes or removes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import ColumnElement, Engine, exists, func, select
from sqlalchemy.orm import Session, selectinload

from hardware.errors import InputError
from manufacturing.station.records import chain, database, migrate, rows
from manufacturing.station.records.chain import GENESIS
from manufacturing.station.records.models import SerialRow, UnitRow
from manufacturing.station.records.record import Reservation, Stored, UnitRecord, check_uid
from manufacturing.station.records.selection import EVERY, Selection

_STREAMED = {"yield_per": 200}  # records in memory while iterating


class Records:
    """One database. Threads may share it; processes open their own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, place: str | Path, *, create: bool = True, say: Callable[[str], None] = migrate.say) -> Self:
        """By path or URL. An older schema is brought to ours, which `say` is told; InputError for a newer one."""
        engine = database.engine(place, create=create)
        migrate.to_newest(engine, say, create=create)
        return cls(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    def reserve_serial(self, uid: str, station: str) -> int:
        """The serial number of this unique ID: the one that it has, else the next one."""
        check_uid(uid)
        with self._writing() as session:
            known = session.scalar(select(SerialRow.serial).where(SerialRow.uid == uid))
            if known is not None:
                return known
            last = session.scalar(select(SerialRow).order_by(SerialRow.serial.desc()).limit(1))
            serial = last.serial + 1 if last else 1
            session.add(rows.serial_row(serial, uid, station, datetime.now(UTC), last.hash if last else GENESIS))
            return serial

    def append(self, record: UnitRecord) -> Stored:
        """The record with its place in the chain. InputError if its serial number is not the one reserved for its unit."""
        with self._writing() as session:
            same = session.scalar(select(UnitRow).where(UnitRow.run_id == record.run_id))
            if same is not None:
                return _again(rows.stored(same), record)
            whole = replace(record, serial=_serial(session, record))
            last = session.scalar(select(UnitRow).order_by(UnitRow.position.desc()).limit(1))
            position = last.position + 1 if last else 1
            row = rows.unit_row(whole, position, _attempt(session, record.uid), last.hash if last else GENESIS)
            session.add(row)
            session.flush()
            return Stored(position, row.attempt, row.previous_hash, row.hash, whole)

    def select(self, which: Selection = EVERY) -> Iterator[Stored]:
        """In the order of the chain, as it stood when the iteration began. InputError for a record that was tampered with."""
        for row in self._rows(which):
            with _told(row):
                stored = rows.stored(row)
            yield stored

    def contents(self, which: Selection = EVERY) -> Iterator[dict[str, Any]]:
        """The same as it is hashed, with its hashes: for an export that others can prove."""
        for row in self._rows(which):
            with _told(row):
                content = chain.unit_content(row) | {"previous_hash": row.previous_hash, "hash": row.hash}
            yield content

    def count(self, which: Selection = EVERY) -> int:
        with self._reading() as session:
            return session.scalar(select(func.count()).select_from(UnitRow).where(*_conditions(which))) or 0

    def unused_serials(self) -> list[Reservation]:
        """Reserved for a unit of which there is no record: its test was cut short, and it did not come back."""
        unused = select(SerialRow).where(~exists().where(UnitRow.serial == SerialRow.serial)).order_by(SerialRow.serial)
        with self._reading() as session:
            return [rows.reservation(row) for row in session.scalars(unused)]

    def _rows(self, which: Selection) -> Iterator[UnitRow]:
        query = select(UnitRow).where(*_conditions(which)).order_by(UnitRow.position)
        if which.newest is not None:
            newest = select(UnitRow.position).where(*_conditions(which)).order_by(UnitRow.position.desc()).limit(which.newest)
            query = query.where(UnitRow.position.in_(newest.scalar_subquery()))
        whole = query.options(selectinload(UnitRow.steps), selectinload(UnitRow.measurements))
        with self._reading() as session:
            yield from session.scalars(whole, execution_options=_STREAMED)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with database.writing(self.engine) as connection, Session(connection) as session:
            yield session
            session.flush()

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with database.reading(self.engine) as connection, Session(connection) as session:
            yield session


@contextmanager
def _told(row: UnitRow) -> Iterator[None]:
    """A row that no station can have written."""
    try:
        yield
    except (InputError, ValueError, TypeError, AttributeError):
        raise InputError(f"record {row.position} is damaged: run dollar records verify") from None


def _attempt(session: Session, uid: str | None) -> int:
    """A unit that was not read cannot be told from another: each counts as its first attempt."""
    if uid is None:
        return 1
    return (session.scalar(select(func.count()).select_from(UnitRow).where(UnitRow.uid == uid)) or 0) + 1


def _serial(session: Session, record: UnitRecord) -> int | None:
    reserved = session.scalar(select(SerialRow.serial).where(SerialRow.uid == record.uid))
    if record.serial is not None and record.serial != reserved:
        raise InputError(
            f"serial number {record.serial} is not reserved for {record.uid} (it has {reserved or 'none'}): "
            "call reserve_serial before the record is appended"
        )
    return reserved


def _again(stored: Stored, record: UnitRecord) -> Stored:
    if replace(record, serial=stored.record.serial) != stored.record:
        raise InputError(f"run {record.run_id} is recorded already, with other content: give each test a run_id of its own")
    return stored


def _conditions(which: Selection) -> list[ColumnElement[bool]]:
    columns = {
        UnitRow.batch: which.batch,
        UnitRow.verdict: which.verdict,
        UnitRow.station: which.station,
        UnitRow.serial: which.serial,
        UnitRow.uid: which.uid,
    }
    equal = [column == wanted for column, wanted in columns.items() if wanted is not None]
    return [*equal, UnitRow.finished >= rows.time_text(which.since)] if which.since else equal
