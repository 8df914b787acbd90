"""`dollar records` as a person and a script meet it."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from record_samples import MEASUREMENTS, START, record, uid
from sqlalchemy import text
from typer.testing import CliRunner

from hardware import paths
from hardware.errors import InputError
from manufacturing.station.records import database, export
from manufacturing.station.records.record import Verdict
from manufacturing.station.records.selection import Selection
from manufacturing.station.records.store import Records
from scripts.dollar.records import app


@pytest.fixture
def filled(place: str) -> str:
    """Three units, the second of which failed first; a fourth that never finished."""
    with Records.open(place) as records:
        for number in (1, 2, 3):
            records.reserve_serial(uid(number), "bench")
        records.append(record(1, batch="A"))
        records.append(record(2, verdict=Verdict.FAIL, code="4-LOW"))
        records.append(record(2))
        records.append(record(3, station="other"))
        records.reserve_serial(uid(4), "bench")
    return place


def run(place: str, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*arguments, "--database", place], env={"COLUMNS": "200"})
    if isinstance(done.exception, InputError):
        raise done.exception
    return done.exit_code, done.stdout


def found(place: str, *arguments: str) -> dict[str, object]:
    code, text = run(place, *arguments, "--json")
    return {**json.loads(text), "code": code}


def test_list_filters(filled: str) -> None:
    def serials(*filters: str) -> list[object]:
        return [each["serial"] for each in found(filled, "list", *filters)["records"]]  # type: ignore[attr-defined]

    assert serials() == [1, 2, 2, 3]
    assert serials("--batch", "A") == [1]
    assert serials("--verdict", "fail") == [2]
    assert serials("--since", f"{START:%Y-%m-%d}") == [1, 2, 2, 3]
    assert serials("--since", f"{START:%Y-%m-%dT%H:%M}:35") == [3]
    assert serials("--last", "2") == [2, 3]
    assert found(filled, "list", "--last", "2")["count"] == 4
    first = found(filled, "list", "--verdict", "FAIL")["records"][0]  # type: ignore[index]
    assert (first["uid"], first["attempt"], first["code"], first["seconds"]) == (uid(2), 1, "4-LOW", 6.0)


def test_a_person_sees_the_same(filled: str) -> None:
    code, text = run(filled, "list")
    assert code == 0
    assert [line.split()[2] for line in text.splitlines()[1:5]] == ["1", "2", "2", "3"]
    assert "4-LOW" in text
    assert text.splitlines()[-1] == "4 of 4 records"


def test_numbers_that_were_not_used(filled: str) -> None:
    unused = found(filled, "list", "--unused")["unused_serials"]
    assert [(each["serial"], each["uid"], each["station"]) for each in unused] == [(4, uid(4), "bench")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("unit", ["2", uid(2), uid(2).upper()])
def test_show_gives_all_attempts_of_a_unit(filled: str, unit: str) -> None:
    shown = found(filled, "show", unit)
    assert [(each["attempt"], each["verdict"]) for each in shown["records"]] == [(1, "FAIL"), (2, "PASS")]  # type: ignore[attr-defined]
    code, text = run(filled, "show", unit)
    assert (code, text.count("serial 2"), text.count("4-LOW"), text.count("supply_mv")) == (0, 2, 1, 2)


@pytest.mark.parametrize("unit", ["99", "4", uid(99)])
def test_show_of_a_unit_without_record_ends_with_1(filled: str, unit: str) -> None:
    assert run(filled, "show", unit) == (1, f"there is no record of {unit}\n")
    assert found(filled, "show", unit) == {"unit": unit, "records": [], "code": 1}


def test_csv_has_a_line_for_each_measurement(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "new" / "records.csv"
    assert found(filled, "export", str(file), "--batch", "B7") == {"file": str(file), "records": 3, "code": 0}
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    assert len(rows) == 3 * len(MEASUREMENTS)
    assert {row["operator"] for row in rows} == {"Zoë"}
    assert [rows[0][name] for name in ("serial", "verdict", "name", "value", "unit", "least", "most")] == [
        *("2", "FAIL", "supply_mv", "3001.25", "mV", "2900.0", "3100.0")
    ]
    assert rows[2]["value"] == ""


def test_a_failed_export_leaves_the_old_file(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text("the old one")

    def gone(*_: object) -> Iterator[dict[str, object]]:
        yield {"position": 1}
        raise InputError("the server is gone")

    monkeypatch.setattr(Records, "contents", gone)
    with Records.open(filled) as records, pytest.raises(InputError, match="gone"):
        export.write(records, file, Selection())
    assert [(each.name, each.read_text()) for each in tmp_path.glob("*.jsonl*")] == [("records.jsonl", "the old one")]


def test_verify_ends_with_0_or_1(filled: str) -> None:
    whole = found(filled, "verify")
    assert (whole["ok"], whole["code"], whole["records"], whole["serials"], whole["findings"]) == (True, 0, 4, 4, [])
    assert found(filled, "verify", "--head", str(whole["head"]))["code"] == 0
    assert found(filled, "verify", "--head", "ab" * 32)["code"] == 1
    with Records.open(filled) as records, database.writing(records.engine) as connection:
        connection.execute(text("INSERT INTO measurements VALUES (2, 9, 'axes', 'y_mg', 0, 'mg', NULL, NULL)"))
    broken = found(filled, "verify")
    assert (broken["ok"], broken["code"], broken["records"]) == (False, 1, 1)
    code, told = run(filled, "verify")
    assert code == 1
    assert "broken: record 2 was changed: its content does not give its hash" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list", "--since", "yesterday"), "--since is 'yesterday': write YYYY-MM-DD"),
        (("export", "records.xml"), "ends in neither of .csv, .jsonl"),
    ],
)
def test_wrong_arguments_are_one_sentence(filled: str, arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        run(filled, *arguments)


def test_reading_makes_no_database(tmp_path: Path) -> None:
    """As a user meets it; the place is by the environment."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.dollar", "records", "list"],
        cwd=paths.ROOT,
        env=os.environ | {"DOLLAR_RECORDS": str(tmp_path / "none.sqlite")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"error: there are no records at {tmp_path / 'none.sqlite'}: give the file or URL with --database, or in DOLLAR_RECORDS\n"
    )
    assert list(tmp_path.iterdir()) == []
