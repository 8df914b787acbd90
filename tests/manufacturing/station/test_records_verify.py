"""Whatever is changed, removed or moved in the database, by somebody who gets past the triggers, is found and named."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_samples import record, uid
from sqlalchemy import text
from sqlalchemy.orm import Session

from hardware.errors import InputError
from manufacturing.station.records import chain, database, export, verify
from manufacturing.station.records.chain import GENESIS
from manufacturing.station.records.models import Base, UnitRow
from manufacturing.station.records.record import Verdict
from manufacturing.station.records.selection import Selection
from manufacturing.station.records.store import Records

UNITS = 5
COLUMNS = [(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns]


@pytest.fixture
def records(place: str) -> Iterator[Records]:
    with Records.open(place) as opened:
        fill(opened)
        yield opened


def fill_once(place: str) -> None:
    with Records.open(place) as records:
        if not records.count():
            fill(records)


def fill(records: Records) -> None:
    for number in range(1, UNITS + 1):
        records.reserve_serial(uid(number), "bench")
        records.append(record(number, verdict=Verdict.FAIL, code="2-LOW") if number == 2 else record(number))
    records.reserve_serial(uid(UNITS + 1), "bench")


@contextmanager
def tampering(place: str) -> Iterator[Any]:
    """The driver's own connection, with triggers and foreign keys out of the way, as the database's owner can."""
    if place.startswith("postgresql"):
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            yield connection
        return
    with closing(sqlite3.connect(place, isolation_level=None)) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        yield file


def test_what_was_written_is_whole(records: Records) -> None:
    found = verify.verify(records)
    assert (found.ok, found.records, found.serials) == (True, UNITS, UNITS + 1)
    assert found.head == list(records.select())[-1].hash


def test_an_empty_database_is_whole(place: str) -> None:
    with Records.open(place) as records:
        assert verify.verify(records) == verify.Verified(0, 0, GENESIS, ())


@settings(max_examples=20)
@given(where=st.sampled_from(COLUMNS), at=st.integers(0, 10**6), byte=st.integers(0, 10**6), step=st.integers(1, 94))
def test_any_changed_byte_is_found(
    place: str, copied: Callable[[], str], where: tuple[str, str], at: int, byte: int, step: int
) -> None:
    """Of any column of any row: one character becomes another, a number becomes another, nothing becomes something."""
    fill_once(place)
    target = copied()
    change(target, *where, at, byte, step)
    with Records.open(target) as records:
        assert not verify.verify(records).ok


def test_no_column_is_left_out(tmp_path: Path) -> None:
    fill_once(str(tmp_path / "whole.sqlite"))
    unseen = []
    for table, column in COLUMNS:
        target = str(shutil.copy(tmp_path / "whole.sqlite", tmp_path / "changed.sqlite"))
        change(target, table, column, at=1, byte=1, step=1)
        with Records.open(target) as records:
            unseen += [(table, column)] if verify.verify(records).ok else []
    assert unseen == []


def change(target: str, table: str, column: str, at: int, byte: int, step: int) -> None:
    mark = "%s" if target.startswith("postgresql") else "?"
    with tampering(target) as connection:
        found = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        names = [description[0] for description in found.description]
        rows = found.fetchall()
        row = rows[at % len(rows)]
        new = changed(row[names.index(column)], byte, step)
        key = f"{names[0]} = {mark} AND {names[1]} = {mark}"
        done = connection.execute(f"UPDATE {table} SET {column} = {mark} WHERE {key}", (new, *row[:2]))
        assert done.rowcount == 1


def changed(value: object, byte: int, step: int) -> object:
    if isinstance(value, str) and value:
        at = byte % len(value)
        other = chr(33 + (ord(value[at]) - 33 + step) % 95)
        return value[:at] + other + value[at + 1 :]
    if isinstance(value, float | int):
        return value + 1000 * step  # clear of the other keys
    return "x" if value == "" else 0 if byte % 2 else step


@settings(max_examples=20)
@given(table=st.sampled_from(sorted(table.name for table in Base.metadata.sorted_tables)), at=st.integers(0, 10**6))
def test_any_removed_row_is_found(place: str, copied: Callable[[], str], table: str, at: int) -> None:
    """But the last serial number, if no unit has it yet; of the last record, what was measured is left without it."""
    fill_once(place)
    target = copied()
    with tampering(target) as connection:
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        row = rows[at % (len(rows) - (table == "serials"))]
        key = f"serial = {row[0]}" if table == "serials" else f"position = {row[0]}"
        place_in_it = f" AND place = {row[1]}" if table in ("measurements", "steps") else ""
        connection.execute(f"DELETE FROM {table} WHERE {key}{place_in_it}")
    with Records.open(target) as records:
        assert not verify.verify(records).ok


@pytest.mark.parametrize("first", range(1, UNITS))
def test_two_records_in_each_others_place_are_found(place: str, records: Records, first: int) -> None:
    """The later one comes with its measurements and steps."""
    with tampering(place) as connection:
        for table in ("units", "measurements", "steps"):
            for old, new in ((first, 1000), (first + 1, first), (1000, first + 1)):
                connection.execute(f"UPDATE {table} SET position = {new} WHERE position = {old}")
    found = verify.verify(records)
    assert found.records == first - 1
    assert found.findings == (f"record {first} does not follow the one before it: one of the two was exchanged",)


def test_the_first_broken_record_is_named(place: str, records: Records) -> None:
    with tampering(place) as connection:
        connection.execute("UPDATE units SET verdict = 'PASS', code = '' WHERE position = 2")
        connection.execute("UPDATE measurements SET value = 3000 WHERE position = 4 AND place = 0")
        connection.execute("DELETE FROM serials WHERE serial = 3")
    found = verify.verify(records)
    assert (found.records, found.serials) == (1, 2)
    assert found.findings == (
        "record 2 was changed: its content does not give its hash",
        "serial number 3 is missing: number 4 comes in its place",
        "record 3 has a serial number that was not reserved for its unit",
    )


def test_an_end_that_was_cut_off_is_found_by_a_hash_noted_before(place: str, records: Records) -> None:
    noted = verify.verify(records).head
    assert verify.verify(records, noted).ok
    with tampering(place) as connection:
        for table in ("measurements", "steps", "units"):
            connection.execute(f"DELETE FROM {table} WHERE position = {UNITS}")
    assert verify.verify(records).ok  # nothing in the database can show it
    assert verify.verify(records, noted).findings == (
        f"no record has the hash {noted}: the end was cut off, or all was written anew",
    )
    assert [each.serial for each in records.unused_serials()] == [UNITS, UNITS + 1]


def test_a_record_that_was_recomputed_breaks_the_next(place: str, records: Records) -> None:
    """Somebody who knows how the hash is made gives a failed unit a pass."""
    with tampering(place) as connection:
        connection.execute("UPDATE units SET verdict = 'PASS', code = '' WHERE position = 2")
        with Session(records.engine) as session:
            forged = chain.hash_of(session.get_one(UnitRow, 2))
        connection.execute(f"UPDATE units SET hash = '{forged}' WHERE position = 2")
    assert verify.verify(records).findings == ("record 3 does not follow the one before it: one of the two was exchanged",)


def test_an_added_measurement_is_found(records: Records) -> None:
    with database.writing(records.engine) as connection:
        connection.execute(text("INSERT INTO measurements VALUES (3, 9, 'axes', 'y_mg', 0, 'mg', NULL, NULL)"))
    assert verify.verify(records).findings == ("record 3 was changed: its content does not give its hash",)


@pytest.mark.parametrize("change", ["verdict = 'GOOD'", "format = 7", "started = 'noon'", "calibration = '[]'"])
def test_a_damaged_record_is_told_in_one_sentence(place: str, records: Records, change: str) -> None:
    with tampering(place) as connection:
        connection.execute(f"UPDATE units SET {change} WHERE position = 2")
    reading = records.contents() if change.startswith("format") else records.select()
    with pytest.raises(InputError, match="record 2 is damaged: run dollar records verify"):
        list(reading)


def test_a_torn_page_is_found(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite"
    with Records.open(file) as records:
        fill(records)
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 4096] = bytes(4096)
    file.write_bytes(whole)
    with Records.open(file) as records:
        assert not verify.verify(records).ok


def test_whoever_has_an_export_can_prove_it(records: Records, tmp_path: Path) -> None:
    """With what chain.py says, and nothing of ours."""
    assert export.write(records, tmp_path / "all.jsonl", Selection()) == UNITS
    last = "0" * 64
    for line in (tmp_path / "all.jsonl").read_text().splitlines():
        content = json.loads(line)
        previous, noted = content.pop("previous_hash"), content.pop("hash")
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
        assert (previous, noted) == (last, sha256(f"{last}\n{canonical}".encode()).hexdigest())
        last = noted
    assert last == verify.verify(records).head
