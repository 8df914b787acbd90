"""What a station may rely on when it keeps a record, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_samples import START, record, uid
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hardware.errors import InputError
from manufacturing.station.records import database
from manufacturing.station.records.record import Measurement, Verdict
from manufacturing.station.records.selection import Selection
from manufacturing.station.records.store import Records


def test_a_record_comes_back_as_it_was_handed_in(place: str) -> None:
    with Records.open(place) as records:
        serial = records.reserve_serial(uid(1), "bench")
        kept = records.append(record(1, serial=serial))
    with Records.open(place) as records:
        assert list(records.select()) == [kept]
    assert kept.record == record(1, serial=serial, run_id=kept.record.run_id)
    assert (kept.position, kept.attempt) == (1, 1)


@settings(max_examples=40)
@given(
    values=st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.none(), max_size=4),
    operator=st.text(st.characters(exclude_categories=["C", "Z"])),
    zone=st.integers(-12, 14),
    started=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
)
def test_every_number_name_and_time_is_exact(
    place: str, values: list[float | None], operator: str, zone: int, started: datetime
) -> None:
    local = started.replace(tzinfo=timezone(timedelta(hours=zone)))
    measured = tuple(Measurement("s", str(i), value, "V", value, None) for i, value in enumerate(values))
    given_in = record(1, uid=None, operator=operator, started=local, finished=local, measurements=measured)
    with Records.open(place) as records:
        position = records.append(given_in).position
        (kept,) = [each for each in records.select(Selection(newest=1)) if each.position == position]
    assert kept.record == given_in
    assert kept.record.started.tzinfo is UTC


def test_attempts_count_the_earlier_records_of_that_unit(place: str) -> None:
    with Records.open(place) as records:
        kept = [records.append(record(number)) for number in (1, 2, 1, 1, 2)]
    assert [each.attempt for each in kept] == [1, 1, 2, 3, 2]


def test_units_that_were_not_read_are_each_a_first_attempt(place: str) -> None:
    dead = {"uid": None, "verdict": Verdict.FAIL, "code": "1-SILENT"}
    with Records.open(place) as records:
        assert [records.append(record(1, **dead)).attempt for _ in range(2)] == [1, 1]
        assert [each.record.uid for each in records.select()] == [None, None]


def test_a_unit_keeps_its_serial_number(place: str) -> None:
    with Records.open(place) as records:
        assert [records.reserve_serial(uid(number), "bench") for number in (7, 8, 7, 9)] == [1, 2, 1, 3]
        first = records.append(record(8, serial=2))
        early = records.append(record(8, verdict=Verdict.ERROR, code="0-STATION"))  # before the station asked for the number
    assert (first.record.serial, early.record.serial) == (2, 2)


def test_a_number_that_is_not_the_units_own_is_refused(place: str) -> None:
    with Records.open(place) as records:
        records.reserve_serial(uid(1), "bench")
        for serial, number in ((1, 2), (2, 1), (5, 5)):
            with pytest.raises(InputError, match=rf"^serial number {serial} is not reserved for {uid(number)} .*: call "):
                records.append(record(number, serial=serial))
        assert records.count() == 0


def test_no_number_is_spent_on_what_is_no_unique_id(place: str) -> None:
    with Records.open(place) as records:
        with pytest.raises(InputError, match="unique ID 'AB' is none"):
            records.reserve_serial("AB", "bench")
        assert records.reserve_serial(uid(1), "bench") == 1


def test_numbers_that_were_not_used_are_on_record(place: str) -> None:
    with Records.open(place) as records:
        for number in (1, 2, 3):
            records.reserve_serial(uid(number), f"bench {number}")
        records.append(record(2))
        assert [(each.serial, each.uid, each.station) for each in records.unused_serials()] == [
            (1, uid(1), "bench 1"),
            (3, uid(3), "bench 3"),
        ]


def test_the_same_record_handed_in_again_is_kept_once(place: str) -> None:
    """A station that lost its connection cannot know whether it was heard."""
    again = record(1)
    with Records.open(place) as records:
        records.reserve_serial(uid(1), "bench")
        assert records.append(again) == records.append(again)
        assert records.count() == 1
        with pytest.raises(InputError, match=r"^run .* is recorded already, with other content"):
            records.append(replace(again, batch="another"))


def test_selections(place: str) -> None:
    with Records.open(place) as records:
        records.append(record(1, batch="A"))
        records.append(record(2, verdict=Verdict.FAIL, code="2-LOW"))
        records.append(record(3, station="other"))

        def found(which: Selection) -> list[str | None]:
            return [each.record.uid for each in records.select(which)]

        assert found(Selection(batch="B7")) == [uid(2), uid(3)]
        assert found(Selection(verdict=Verdict.FAIL)) == [uid(2)]
        assert found(Selection(station="other")) == [uid(3)]
        assert found(Selection(since=START + timedelta(seconds=26))) == [uid(2), uid(3)]
        assert found(Selection(since=START + timedelta(seconds=26, microseconds=1))) == [uid(3)]
        assert found(Selection(newest=2)) == [uid(2), uid(3)]
        assert found(Selection(batch="A", newest=2)) == [uid(1)]
        assert records.count(Selection(batch="B7")) == 2


def test_an_iteration_sees_the_records_of_its_beginning(place: str) -> None:
    with Records.open(place) as records, Records.open(place) as other:
        records.append(record(1))
        seen = records.select()
        first = next(seen)
        other.append(record(2))
        assert [first, *seen] == [first]


def test_a_reader_sees_one_state_in_all_its_queries(place: str) -> None:
    count = text("SELECT count(*) FROM units")
    with Records.open(place) as records, database.reading(records.engine) as connection:
        before = connection.execute(count).scalar()
        records.append(record(1))
        assert (before, connection.execute(count).scalar(), records.count()) == (0, 0, 1)


TEXT_OF = {"units": "hash", "serials": "hash", "measurements": "name", "steps": "name"}


@pytest.mark.parametrize("table", TEXT_OF)
def test_the_database_itself_refuses_to_change_or_remove(place: str, table: str) -> None:
    changes = [f"UPDATE {table} SET {TEXT_OF[table]} = 'x'", f"DELETE FROM {table}"]
    if place.startswith("postgresql"):
        changes.append(f"TRUNCATE {table} CASCADE")
    else:
        changes += [f"REPLACE INTO {table} SELECT * FROM {table}", f"UPDATE OR REPLACE {table} SET rowid = 1"]
    with Records.open(place) as records:
        records.reserve_serial(uid(1), "bench")
        records.append(record(1))
        for change in changes:
            with pytest.raises(DBAPIError, match="append only"), database.writing(records.engine) as connection:
                connection.execute(text(change))


def test_a_commit_is_on_the_disk_when_it_returns(place: str) -> None:
    with Records.open(place) as records, database.writing(records.engine) as connection:
        if place.startswith("postgresql"):
            assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
        else:
            found = [
                connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert found == ["wal", 2, 1]  # 2 is FULL


BAD = [
    ({"uid": "XYZ"}, "unique ID"),
    ({"uid": None, "serial": 3}, "belongs to no unique ID"),
    ({"firmware_sha256": "12"}, "SHA-256"),
    ({"station": ""}, "names no station"),
    ({"operator": "a\0b"}, "printable"),
    ({"run_id": "1"}, "no UUID"),
    ({"code": "2-LOW"}, "only a unit that passes has no code"),
    ({"verdict": Verdict.FAIL}, "only a unit that passes has no code"),
    ({"started": datetime(2026, 1, 1)}, "has no zone"),
    ({"finished": START}, "before it started"),
    ({"calibration": {"x": float("nan")}}, "finite"),
]


@pytest.mark.parametrize(("changes", "told"), BAD)
def test_what_cannot_be_true_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        record(1, **changes)


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_measurement_is_a_finite_number_or_none(value: float) -> None:
    with pytest.raises(InputError, match="finite"):
        Measurement("supply", "mv", value, "mV")


@pytest.mark.parametrize(("value", "within"), [(2.9, True), (3.1, True), (2.8, False), (3.2, False), (None, False)])
def test_limits_belong_to_what_is_within(value: float | None, within: bool) -> None:
    assert Measurement("supply", "v", value, "V", 2.9, 3.1).within is within


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("mysql://host/records", "SQLite or PostgreSQL, not in mysql"),
        ("://host", "is no URL"),
        ("sqlite://", "in memory"),
        ("postgres://me:secret@127.0.0.1:1/none", r"postgresql://me:\*\*\*@127.0.0.1:1/none cannot be reached"),
    ],
)
def test_a_place_that_is_none(place: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Records.open(place)


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 100)
    with pytest.raises(InputError, match="file is not a database"):
        Records.open(file)
    assert file.read_text() == "not a database " * 100
