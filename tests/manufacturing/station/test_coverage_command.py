"""`dollar coverage`: the list of faults, and the campaign as a user calls it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from distributed import LocalCluster
from typer.testing import CliRunner

from hardware import paths
from manufacturing.station.coverage import trial
from manufacturing.station.coverage.changes import Missing
from manufacturing.station.coverage.trial import Bench, Good, Outcome, Subject
from manufacturing.station.records.record import Verdict
from scripts.dollar import __main__ as dollar

KEYS = {"faults", "detected", "percent", "by_class", "escapes", "good_boards", "false_fails"}


def said(*arguments: str) -> Result:
    return CliRunner().invoke(dollar._app("coverage"), arguments)


def found(*arguments: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(said("--json", *arguments).stdout)
    return told


def missing_is_found(_: Bench, subject: Subject) -> Outcome:
    if isinstance(subject, Missing):
        return Outcome(Verdict.FAIL, "ACC-NOANSWER", "it does not answer", 2.0)
    return Outcome(Verdict.PASS, "", "", 5.0)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In place of the station, and what is kept apart from that of others."""
    monkeypatch.setattr(trial, "run", missing_is_found)
    monkeypatch.setattr(paths, "BUILD", tmp_path)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two workers with a thread each, in this process."""
    quiet = {"dashboard_address": None, "processes": False, "n_workers": 2, "threads_per_worker": 1}
    with LocalCluster(host="127.0.0.1", protocol="tcp://", **quiet) as running:
        yield running.scheduler_address


def test_the_list_adds_up_by_class() -> None:
    listed = found("--list")
    assert listed["faults"] == len(listed["list"]) == sum(counts["faults"] for counts in listed["by_class"].values())
    assert 0 < listed["different_boards"] <= listed["faults"]
    for key in ("equivalent", "not_represented"):
        assert len(listed[key]) == sum(counts[key] for counts in listed["by_class"].values())
        assert all(left["reason"] for left in listed[key])


def test_the_table_names_every_class_and_what_is_left_out() -> None:
    text = said("--list").stdout
    assert all(word in text for word in ("presence", "correctness", "orientation", "live", "shorts", "opens", "quality"))
    assert "No difference: 21 where the part is the same from both ends" in text


def test_a_sample_on_the_very_station_has_all_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "BUILD", tmp_path)
    sample = found("--sample", "4", "--good", "1", "--seed", "1")
    assert sample.keys() >= KEYS
    assert (sample["faults"], sample["good_boards"], sample["false_fails"]) == (4, 1, 0)
    assert sample["detected"] == 4 - len(sample["escapes"])
    assert all(escape["reason"] for escape in sample["escapes"])


@pytest.mark.usefixtures("stub")
def test_the_whole_board_is_run_unless_a_sample_is_asked_for() -> None:
    listed, whole = found("--list"), found("--jobs", "1", "--good", "3")
    assert whole["faults"] == listed["faults"] + len(listed["not_represented"])
    assert sum(counts["faults"] for counts in whole["by_class"].values()) == whole["faults"]
    missing = listed["by_class"]["presence"]["faults"]
    assert (whole["detected"], whole["by_class"]["presence"]["detected"]) == (missing, missing)
    assert found("--jobs", "1", "--sample", "20")["good_boards"] == 2


@pytest.mark.usefixtures("stub")
def test_too_few_found_is_the_exit_code_and_every_escape_is_told() -> None:
    done = said("--jobs", "1", "--good", "3")
    assert done.exit_code == 1
    assert "3 good boards, 0 failed" in done.stdout
    assert "U2.1 open" in done.stdout


@pytest.mark.usefixtures("stub")
def test_a_cluster_finds_the_same(cluster: str) -> None:
    """Its workers are threads of this process here, so that the stub is theirs as well."""
    apart = found("--jobs", "1", "--good", "4", "--seed", "3")
    for file in (paths.BUILD / "coverage").iterdir():
        file.unlink()
    on_it = found("--dask", cluster, "--good", "4", "--seed", "3")
    assert on_it | {"seconds": 0} == apart | {"seconds": 0}


@pytest.mark.usefixtures("stub")
def test_a_stop_tells_that_the_same_command_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(on: Bench, subject: Subject) -> Outcome:
        if subject == Good(0):
            raise KeyboardInterrupt
        return missing_is_found(on, subject)

    monkeypatch.setattr(trial, "run", interrupted)
    stopped = said("--jobs", "1", "--good", "1")
    assert stopped.exit_code == 130
    assert "goes on from there" in stopped.stderr
