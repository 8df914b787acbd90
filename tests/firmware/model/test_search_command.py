"""`dollar search` as a user calls it: interrupted, with several workers, on a Dask cluster."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import search_tasks
from click.testing import Result
from distributed import LocalCluster
from search_tasks import Sized, calls, candidate, counted, shifted
from typer.testing import CliRunner

from firmware.model import tasks
from firmware.model.search import grids, kept
from firmware.model.search.candidate import Candidate
from firmware.model.search.grids import Grid
from firmware.model.search.plan import Plan
from hardware import paths
from hardware.errors import InputError
from scripts.dollar import __main__ as command

CANDIDATES = shifted((400, 0), (300, 140), (200, 240))
FOLDS, INNER = 5, 2
TRAININGS = len(CANDIDATES) * FOLDS + FOLDS


@pytest.fixture(autouse=True)
def candidates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Candidate]:
    """A test changes them to change what is searched."""
    calls.clear()
    found = [replace(one, recipe=replace(one.recipe, fit=counted)) for one in CANDIDATES]
    grid = Grid(lambda _task: tuple(found), lambda _task: tuple(found[:1]), lambda _task: (), Plan(INNER, (0,)))
    monkeypatch.setattr(tasks, "find", lambda _name: search_tasks.task(search_tasks.data(FOLDS)))
    monkeypatch.setattr(grids, "find", lambda _name: grid)
    monkeypatch.setattr(kept, "folder", lambda _task: tmp_path / "kept")
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "reports")
    return found


def dollar(*arguments: str, jobs: str = "1") -> Result:
    return CliRunner().invoke(command._app("search"), ["levels", "--jobs", jobs, *arguments])


def found(*arguments: str, jobs: str = "1") -> dict[str, Any]:
    done = dollar(*arguments, "--json", jobs=jobs)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two workers with a thread each, in this process."""
    quiet = {"dashboard_address": None, "processes": False, "n_workers": 2, "threads_per_worker": 1}
    with LocalCluster(host="127.0.0.1", protocol="tcp://", **quiet) as running:
        yield running.scheduler_address


def test_it_tells_candidates_budget_and_choice(tmp_path: Path) -> None:
    told = found("--flash", "350")
    assert {"candidates", "budget", "chosen", "nested_accuracy", "outer_choices"} <= told.keys()
    assert told["budget"] == {"flash_bytes": 350, "cycles": None}
    assert told["chosen"] == {"model": "nearest level", "name": "300", "size": 300, "shift": 140}
    assert [one["flash_bytes"] for one in told["candidates"]] == [400, 300, 200]
    assert [one["on_front"] for one in told["candidates"]] == [True, True, True]
    assert {choice["settings"]["size"] for choice in told["outer_choices"]} == {300}
    assert sorted(choice["held_out"] for choice in told["outer_choices"]) == [[str(person)] for person in range(FOLDS)]
    figure = tmp_path / "reports" / told["figure"]
    assert figure.read_text().startswith("<?xml")
    assert json.loads(figure.with_suffix(".json").read_text()) == told


def test_people_get_a_table() -> None:
    shown = dollar("--cycles", "30").stdout
    assert "budget: 30 cycles; chosen: nearest level, name 300, size 300, shift 140" in shown
    assert "had no say in it: 0." in shown


def test_what_is_done_is_not_done_again() -> None:
    first = found()
    assert len(calls) == TRAININGS
    assert found() == first
    assert len(calls) == TRAININGS
    found("--flash", "350")  # another choice: only its tests are new
    assert len(calls) == TRAININGS + FOLDS


def test_another_setting_is_done_and_the_others_are_not(candidates: list[Candidate]) -> None:
    found()
    calls.clear()
    candidates[2] = candidate("other", counted, size=200, shift=170)
    found()
    assert [size for size, _ in calls] == [200] * FOLDS


def test_changed_data_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found()
    monkeypatch.setattr(
        tasks, "find", lambda _name: replace(search_tasks.task(search_tasks.data(FOLDS)), data_digest=lambda: "1" * 64)
    )
    found()
    assert len(calls) == 2 * TRAININGS


def test_an_interruption_loses_nothing_that_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = found()
    for file in kept.folder(search_tasks.task()).iterdir():
        file.unlink()
    calls.clear()
    fit = search_tasks.fit

    def interrupted(*given: Any) -> Sized:
        if len(calls) == 8:
            raise KeyboardInterrupt
        return fit(*given)

    monkeypatch.setattr(search_tasks, "fit", interrupted)
    stopped = dollar()
    assert stopped.exit_code == 130
    assert "what is trained is kept" in stopped.stderr
    assert len(calls) == 8
    monkeypatch.setattr(search_tasks, "fit", fit)
    assert found() == whole
    assert len(calls) == TRAININGS + 1  # the eighth once more


def test_a_damaged_result_is_done_again() -> None:
    whole = found()
    next(kept.folder(search_tasks.task()).iterdir()).write_text("{")
    calls.clear()
    assert found() == whole
    assert len(calls) == 1


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for place in ("kept", "reports") for file in sorted((folder / place).iterdir())}


def test_processes_and_a_dask_cluster_give_the_same_bytes(tmp_path: Path, cluster: str) -> None:
    made = []
    for arguments, jobs in (((), "1"), ((), "2"), (("--dask", cluster), "1")):
        found(*arguments, jobs=jobs)
        made.append(files(tmp_path))
        for place in ("kept", "reports"):
            for file in (tmp_path / place).iterdir():
                file.unlink()
    assert made[0] == made[1] == made[2]
    assert len(made[0]) == TRAININGS + 2


def test_a_cluster_does_the_training(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its workers are threads of this process here, so that they count as well."""
    from threading import current_thread

    from firmware.model.search import score

    names: list[str] = []
    monkeypatch.setattr(score, "fit", lambda *given: names.append(current_thread().name) or counted(given[2], given[1], 0))
    found("--dask", cluster)
    assert len(names) == TRAININGS
    assert all("Dask" in name for name in names)
    assert len(set(names)) == 2


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from scripts import workers

    monkeypatch.setattr(workers, "CONNECT_S", 0.2)
    done = dollar("--dask", "tcp://127.0.0.1:9")
    assert isinstance(done.exception, InputError)
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in str(done.exception)


def test_quick_has_fewer_candidates_and_a_kind_can_be_chosen() -> None:
    assert len(found("--quick")["candidates"]) == 1
    assert len(found("--model", "nearest level")["candidates"]) == 3
    done = dollar("--model", "oracle")
    assert isinstance(done.exception, InputError)
    assert "there is no model 'oracle' to search: say nearest level" in str(done.exception)
