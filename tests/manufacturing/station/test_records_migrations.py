"""An older database is brought to the newest schema and says so; a newer one is left alone."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from record_samples import record, uid
from sqlalchemy import Engine, event, insert, inspect, text

from hardware.errors import InputError
from manufacturing.station.records import database, migrate, verify
from manufacturing.station.records.models import Base, MeasurementRow, SerialRow, UnitRow
from manufacturing.station.records.record import Measurement
from manufacturing.station.records.store import Records

# As revision 0001 wrote them: two tests of one unit, with the hashes of that time.
SERIAL = {"serial": 1, "uid": uid(1), "station": "bench", "reserved": "2026-01-02T03:04:05.000006Z"}
UNIT = {
    "format": 1,
    "uid": uid(1),
    "serial": 1,
    "verdict": "PASS",
    "code": "",
    "firmware_sha256": "ab" * 32,
    "limits_version": "1",
    "station": "bench",
    "operator": "Zoë",
    "batch": "pilot",
    "calibration": '{"offset_x_mg":-12}',
    "started": "2026-01-02T03:04:05.000006Z",
    "finished": "2026-01-02T03:04:11.500000Z",
}
MEASUREMENT = {"place": 0, "step": "supply", "name": "supply_mv", "value": 3001.25, "unit": "mV", "least": 2900.0, "most": None}
HEAD = "db173b371b769e844b277e1cbe4f7e0b383511007fe79c52945005ade436ed43"


def chained(content: dict[str, object], previous: str) -> dict[str, str]:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return {"previous_hash": previous, "hash": sha256(f"{previous}\n{canonical}".encode()).hexdigest()}


def fill_as_revision_1(place: str) -> None:
    engine = database.engine(place, create=True)
    migrate.to_newest(engine, print, target="0001")
    with database.writing(engine) as connection:
        connection.execute(insert(SerialRow), SERIAL | chained(SERIAL, "0" * 64))
        previous = "0" * 64
        for number in (1, 2):
            unit = UNIT | {"position": number, "attempt": number, "run_id": f"{number:032x}"}
            link = chained(unit | {"measurements": [MEASUREMENT]}, previous)
            connection.execute(insert(UnitRow), unit | link)
            connection.execute(insert(MeasurementRow), MEASUREMENT | {"position": number})
            previous = link["hash"]
    engine.dispose()


def test_revision_1_keeps_its_records_and_hashes(place: str) -> None:
    fill_as_revision_1(place)
    said: list[str] = []
    with Records.open(place, say=said.append) as records:
        assert said == [f"the records in {database.shown(records.engine)} have schema 0001; bringing them to 0002"]
        found = verify.verify(records)
        assert (found.ok, found.records, found.head) == (True, 2, HEAD)
        first, second = records.select()
        assert second.hash == HEAD
        assert (first.record.uid, first.record.calibration, first.record.steps) == (uid(1), {"offset_x_mg": -12}, ())
        assert first.record.measurements == (Measurement("supply", "supply_mv", 3001.25, "mV", 2900.0, None),)
        third = records.append(record(1))
        assert (third.attempt, third.record.serial, third.previous_hash) == (3, 1, HEAD)
        assert verify.verify(records).ok


def test_a_step_put_into_a_record_of_revision_1_is_found(place: str) -> None:
    fill_as_revision_1(place)
    with Records.open(place, say=print) as records:
        with database.writing(records.engine) as connection:
            connection.execute(text("INSERT INTO steps VALUES (1, 0, 'supply', 'PASS', '', 0.5)"))
        assert verify.verify(records).findings == ("record 1 was changed: its content does not give its hash",)


def test_the_newest_schema_says_nothing(place: str) -> None:
    said: list[str] = []
    for _ in range(2):
        Records.open(place, say=said.append).close()
    assert said == []


def test_a_newer_database_is_refused_and_left_as_it_is(place: str) -> None:
    with Records.open(place) as records, database.writing(records.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    with pytest.raises(InputError, match=r"have schema 0003, which is newer than this program's 0002: update the program"):
        Records.open(place)
    with database.engine(place, create=False).connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0003"


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "photos.db")) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
    with pytest.raises(InputError, match=r"photos\.db holds something else than records: name another file or database"):
        Records.open(tmp_path / "photos.db")


def test_reading_makes_no_tables(place: str) -> None:
    """A mistyped URL may name somebody's empty database."""
    database.engine(place, create=True).connect().close()
    with pytest.raises(InputError, match="holds no records: name another"):
        Records.open(place, create=False)
    with database.reading(database.engine(place, create=False)) as connection:
        assert inspect(connection).get_table_names() == []


def test_the_migrations_make_the_tables_of_the_models(place: str) -> None:
    with Records.open(place) as records, records.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_migration_that_fails_leaves_the_old_schema(place: str) -> None:
    """The table is there already when its triggers are refused: it must be gone again."""
    fill_as_revision_1(place)

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("CREATE TRIGGER steps"):
            raise RuntimeError("the power is gone")

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(RuntimeError, match="the power is gone"):
            Records.open(place, say=print)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    with database.reading(database.engine(place, create=False)) as connection:
        assert "steps" not in inspect(connection).get_table_names()
    with Records.open(place, say=print) as records:
        assert verify.verify(records).head == HEAD
