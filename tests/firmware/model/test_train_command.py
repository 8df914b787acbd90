"""`dollar train` and `dollar evaluate` as a user calls them, with a small task in place of the real ones."""

import json
from pathlib import Path
from typing import Any

import nearest_level
import pytest
from click.testing import Result
from typer.testing import CliRunner

from firmware.model import tasks
from firmware.model.evaluation import final, store
from hardware import paths
from hardware.errors import InputError
from scripts.dollar import __main__ as command


class Dollar:
    def __call__(self, *arguments: str) -> Result:
        jobs = () if "--jobs" in arguments else ("--jobs", "1")  # more of them take seconds to start
        return CliRunner().invoke(command._app(arguments[0]), [*arguments[1:], *jobs])

    def json(self, *arguments: str) -> dict[str, Any]:
        done = self(*arguments, "--json")
        assert done.exit_code == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture
def settings() -> dict[str, Any]:
    """Of the task's first recipe; a test changes them to change the task."""
    return {}


@pytest.fixture
def dollar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any]) -> Dollar:
    monkeypatch.setattr(tasks, "find", lambda _name: nearest_level.task(**settings))
    monkeypatch.setattr(store, "FOLDER", tmp_path / "model")
    monkeypatch.setattr(final, "FOLDER", tmp_path / "generated")
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "reports")
    return Dollar()


def test_training_writes_the_models_and_evaluation_reads_what_it_found(dollar: Dollar, tmp_path: Path) -> None:
    trained = dollar.json("train", "levels")
    assert [one["model"] for one in trained["models"]] == ["plain", "plain_without_context"]
    comment = (tmp_path / "generated" / "levels_plain.c").read_text()
    for said in ("nobody", "0" * 64, f"{trained['models'][0]['accuracy']:.4f}", "dollar train levels --model plain"):
        assert said in comment
    done = dollar("evaluate", "levels", "--json")
    evaluated = json.loads(done.stdout)
    assert done.stderr == ""
    assert {key: evaluated[key] for key in ("accuracy", "f1", "seeds", "per_group", "confusion")} == {
        key: trained["models"][0][key] for key in ("accuracy", "f1", "seeds", "per_group", "confusion")
    }
    assert 0.8 < evaluated["accuracy"] < 1
    assert evaluated["windows"] == 120
    assert evaluated["mismatches_c_vs_python"] == 0
    assert evaluated["stale"] is False
    assert {"protocol", "model_flash_bytes", "cycles_per_window", "per_class", "baseline", "stress"} <= evaluated.keys()
    for figure in evaluated["figures"]:
        assert (tmp_path / "reports" / figure).read_text().startswith("<?xml")


def test_training_again_gives_the_same_bytes(dollar: Dollar, tmp_path: Path) -> None:
    made = []
    for jobs in ("1", "2"):
        dollar.json("train", "levels", "--model", "plain", "--jobs", jobs)
        dollar.json("evaluate", "levels")
        made.append({path: path.read_bytes() for path in sorted(tmp_path.rglob("*.*")) if path.is_file()})
        for path in made[-1]:
            path.unlink()
    assert made[0] == made[1]
    assert {path.suffix for path in made[0]} == {".c", ".h", ".npz", ".json", ".svg"}


def test_what_changed_since_is_told_until_it_is_trained_again(dollar: Dollar, settings: dict[str, Any]) -> None:
    before = dollar.json("train", "levels", "--model", "plain")["models"][0]["accuracy"]
    settings["shift"] = 150
    done = dollar("evaluate", "levels", "--json")
    assert (json.loads(done.stdout)["stale"], json.loads(done.stdout)["accuracy"]) == ("settings or libraries", before)
    assert "since then changed: settings or libraries" in done.stderr
    again = dollar.json("evaluate", "levels", "--retrain")
    assert again["stale"] is False
    assert again["accuracy"] < before
    assert dollar.json("evaluate", "levels")["accuracy"] == again["accuracy"]


def test_without_results_it_says_so_and_trains(dollar: Dollar, tmp_path: Path) -> None:
    done = dollar("evaluate", "levels", "--json")
    assert json.loads(done.stdout)["windows"] == 120
    assert done.stderr.startswith("no results of levels plain are stored: training now")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "generated").exists()  # what the firmware takes changes only when it is asked for


def test_c_that_differs_is_counted(dollar: Dollar, settings: dict[str, Any]) -> None:
    settings["wrong"] = "- (i == 1) * 60000"
    assert dollar.json("evaluate", "levels")["mismatches_c_vs_python"] > 0


def test_the_model_without_context_can_be_asked_for(dollar: Dollar) -> None:
    alone = dollar.json("evaluate", "levels")
    assert "without_context" not in alone
    asked = dollar.json("evaluate", "levels", "--no-context")
    assert asked["model"] == "plain_without_context"
    assert dollar.json("evaluate", "levels")["without_context"]["accuracy"] == asked["accuracy"]


def test_people_get_tables(dollar: Dollar) -> None:
    trained = dollar("train", "levels", "--model", "plain_without_context")
    assert "plain_without_context" in trained.stdout
    assert trained.stdout.splitlines()[1].split()[-1] == "0"  # windows that the C takes otherwise
    evaluated = dollar("evaluate", "levels", "--model", "plain_without_context")
    assert "recall of" in evaluated.stdout
    assert "louder" in evaluated.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--model", "crystal ball"), "there is no model 'crystal ball' of levels: say plain or plain_without_context"),
        (("--model", "plain_without_context", "--no-context"), "there is no model 'plain_without_context_without_context'"),
        (("--on", "virtual"), "the firmware takes no model plain of levels: leave out --on virtual"),
        (("--on", "mars"), "called 'mars': say host or virtual"),
    ],
)
def test_wrong_words_are_told(dollar: Dollar, arguments: tuple[str, ...], told: str) -> None:
    done = dollar("evaluate", "levels", *arguments)
    assert isinstance(done.exception, InputError)
    assert told in str(done.exception)


def test_unknown_tasks_are_told() -> None:
    with pytest.raises(InputError, match="there is no task 'dance': say motion"):
        tasks.find("dance")


def test_some_classes_can_be_asked_for(dollar: Dollar) -> None:
    """Middle and high are one then, and which of them it was does not matter."""
    dollar("train", "levels", "--model", "plain")
    found = dollar.json("evaluate", "levels", "--model", "plain", "--only", "low")
    assert found["only"]["classes"] == ["low"]
    assert found["accuracy"] < found["only"]["accuracy"] <= 1
    refused = dollar("evaluate", "levels", "--model", "plain", "--only", "low,loud")
    assert refused.exit_code != 0
    assert isinstance(refused.exception, InputError)
