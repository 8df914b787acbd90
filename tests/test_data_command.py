"""`dollar data` as a user calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from hardware import paths


def data(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.dollar", "data", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=paths.ROOT, env=os.environ | environment)


def test_what_is_recorded_is_listed_and_can_be_played_again(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    common = ("--label", "walking", "--seconds", "2", "--virtual", "--json", "--subject", "ann")
    done = data("record", "motion", *common, "--motion", "walking", "--out", first)
    assert done.returncode == 0, done.stderr
    recorded = json.loads(done.stdout)
    assert recorded["subject"] == "ann"
    played = f"file:{recorded['file']}@{recorded['rate_hz']}"
    assert data("record", "motion", *common, "--motion", played, "--out", second).returncode == 0
    for folder in (first, second):
        (listed,) = json.loads(data("list", folder, "--json").stdout)
        assert listed["kind"] == "motion"
        assert listed["labels"] == [{"label": "walking", "recordings": 1, "subjects": 1, "seconds": 2.0}]


def test_what_is_missing_is_listed_with_its_attribution(tmp_path: Path) -> None:
    done = data("list", "--json", DOLLAR_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    listed = json.loads(done.stdout)
    assert [one["name"] for one in listed] == ["spsw_har", "har_exercise_1", "fsdd_8k"]
    assert all("run dollar data fetch" in one["problem"] and "Licence" in one["attribution"] for one in listed)


def test_a_fetch_without_a_server_is_one_sentence(tmp_path: Path) -> None:
    done = data("fetch", "fsdd_8k", "--home", "http://127.0.0.1:1", DOLLAR_DATA=str(tmp_path / "new"))
    assert done.returncode == 2
    assert done.stderr.startswith("error: http://127.0.0.1:1/Jakobovski/")
    assert done.stderr.count("\n") == 1


def test_wrong_words_are_told(tmp_path: Path) -> None:
    out = ("--out", tmp_path, "--label", "walking")
    for arguments, told in (
        (("record", "heat", "--virtual", *out), "'heat' cannot be recorded: say motion or sound"),
        (("record", "motion", *out), "say where the board is"),
        (("record", "motion", "--virtual", "--port", "loop://", *out), "say where the board is"),
        (("record", "motion", "--port", "/dev/nowhere", *out), "/dev/nowhere cannot be used"),
        (("record", "motion", "--virtual", "--rate", "60", *out), "not read at 60 Hz"),
        (("record", "motion", "--virtual", "--label", "größe", "--out", tmp_path), "is no label"),
        (("list", tmp_path), "holds no recordings of motion"),
        (("fetch", "mnist"), "there is no data set 'mnist'"),
    ):
        done = data(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert told in done.stderr
    assert list(tmp_path.iterdir()) == []
