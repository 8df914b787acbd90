"""`dollar station` as a person or a service runs it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hardware import paths
from manufacturing.station.records.store import Records
from manufacturing.station.records.verify import verify

KEYS = {"verdict", "code", "serial", "uid", "seconds", "steps"}


def started(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scripts.dollar", "station", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "DOLLAR_RECORDS"}
    return subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, said = process.communicate(timeout=120)
    return process.returncode, out, said


def test_an_object_for_each_unit_and_a_record(tmp_path: Path) -> None:
    place = tmp_path / "records.sqlite"
    code, out, said = ended(started("--virtual", 2, "--json", "--batch", "b7", "--operator", "op", "--database", place))
    assert code == 0, said
    units = [json.loads(line) for line in out.splitlines()]
    assert len(units) == 2
    assert all(unit.keys() >= KEYS for unit in units)
    assert {unit["verdict"] for unit in units} == {"PASS"}
    assert {unit["serial"] for unit in units} == {1, 2}
    assert {step["outcome"] for unit in units for step in unit["steps"]} == {"PASS"}
    with Records.open(place) as records:
        kept = [stored.record for stored in records.select()]
    assert {record.uid for record in kept} == {unit["uid"] for unit in units}
    assert {(record.batch, record.operator) for record in kept} == {("b7", "op")}


def test_units_differ_as_their_parts_do_and_faulty_ones_fail(tmp_path: Path) -> None:
    code, out, said = ended(started("--virtual", 4, "--faulty", 2, "--json", "--database", tmp_path / "records.sqlite"))
    assert code == 1, said
    units = sorted((json.loads(line) for line in out.splitlines()), key=lambda unit: unit["position"])
    assert [unit["verdict"] for unit in units[:2]] == ["PASS", "PASS"]
    assert "FAIL" in [unit["verdict"] for unit in units[2:]]
    assert all(unit["code"] and unit["text"] for unit in units if unit["verdict"] == "FAIL")
    first, second = ({(m["step"], m["name"]): m["value"] for m in unit["measurements"]} for unit in units[:2])
    assert first["supply", "supply"] != second["supply", "supply"]
    assert first["axes", "x"] != second["axes", "x"]


def test_more_faulty_boards_than_boards_are_refused(tmp_path: Path) -> None:
    code, _, said = ended(started("--virtual", 1, "--faulty", 2, "--database", tmp_path / "records.sqlite"))
    assert code == 2
    assert "--faulty 2 is more than the boards of --virtual 1" in said


def test_the_panel_is_shown_with_a_large_verdict(tmp_path: Path) -> None:
    code, out, said = ended(started("--virtual", 1, "--database", tmp_path / "records.sqlite"))
    assert (code, said) == (0, "")
    assert "virtual 1" in out
    assert "████ " in out


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_station_leaves_nothing_by_halves(sent: signal.Signals, tmp_path: Path) -> None:
    place = tmp_path / "records.sqlite"
    process = started("--virtual", 1, "--loop", "--json", "--database", place)
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())  # now it is at the second
    process.send_signal(sent)
    code, out, said = ended(process)
    assert code == 130, said
    assert "Traceback" not in said
    told = [first, *(json.loads(line) for line in out.splitlines())]
    with Records.open(place) as records:
        assert verify(records).ok
        assert [stored.record.uid for stored in records.select()] == [unit["uid"] for unit in told]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give --port PORT for each position, or --virtual COUNT"),
        (("--virtual", 1, "--port", "x"), "give --port or --virtual"),
        (("--port", "x", "--port", "x"), "given twice"),
        (("--port", "/dev/nowhere"), "no position can be used"),
        (("--virtual", 1, "--limits", "/nowhere.csv"), "name a file of limits"),
        (("--virtual", 1, "--image", "/nowhere.bin"), "run make firmware"),
        (("--virtual", 1, "--first-address", "x"), "static random address"),
        (("--port", "loop://", "--loudspeaker", "no such device"), "loudspeaker 'no such device' cannot be used"),
        (("--port", "loop://", "--led", "ask"), "nobody is there to look"),
    ],
)
def test_what_is_wrong_is_one_sentence(arguments: tuple[object, ...], said: str, tmp_path: Path) -> None:
    code, out, error = ended(started(*arguments, "--database", tmp_path / "records.sqlite"))
    assert (code, out) == (2, "")
    assert error.startswith("error: ")
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--port", "a", "--port", "b", "--impedance", "pads=c"), "give one --port"),
        (("--port", "a", "--impedance", "pads=c"), "nobody is there to switch the unit's power"),
        (("--virtual", 1, "--impedance", "pads=c"), "leave out --impedance"),
    ],
)
def test_analysers_where_they_cannot_be_used(arguments: tuple[object, ...], said: str, tmp_path: Path) -> None:
    code, _, error = ended(started(*arguments, "--database", tmp_path / "records.sqlite"))
    assert code != 0
    assert said in " ".join(error.split())
    assert "Traceback" not in error
