"""`dollar sizes`: a table in the README, from trainings that are kept; and current that is computed from cycles."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nearest_level
import numpy as np
import pytest
import search_tasks
from search_tasks import counted, shifted
from typer.testing import CliRunner

from firmware.model import tasks
from firmware.model.evaluation.task import Cost, Data, Task
from firmware.model.search import current, grids, kept, ram
from firmware.model.search.current import Base, Use
from firmware.model.search.grids import Grid
from firmware.model.search.plan import Plan
from hardware.errors import InputError
from scripts import marked
from scripts.dollar import __main__ as command

SIZES = shifted((400, 0), (300, 140))
FOLDS = 5
USE = Use("in a test", lambda: 50.0, 2.0, 0.0)
README = "before\n<!-- sizes: written by `dollar sizes` -->\nold\n<!-- /sizes -->\nbehind\n"


def taken(source: Path, name: str) -> int:
    return search_tasks.cost(source, name).flash_bytes + 7


@pytest.fixture(autouse=True)
def loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often data was loaded."""
    found: list[int] = []

    def load() -> Data:
        found.append(1)
        return search_tasks.data(FOLDS)

    task = replace(search_tasks.task(), load=load)
    sizes = tuple(replace(one, recipe=replace(one.recipe, fit=counted)) for one in SIZES)
    monkeypatch.setattr(tasks, "find", lambda _name: task)
    monkeypatch.setattr(grids, "MODULES", {"levels": ""})
    monkeypatch.setattr(grids, "find", lambda _name: Grid(_none, _none, lambda _task: sizes, Plan(2, (0,))))
    monkeypatch.setattr(kept, "folder", lambda _task: tmp_path / "kept")
    monkeypatch.setattr(ram, "MEASURES", {"levels": taken})
    monkeypatch.setattr(current, "measure", lambda _task: Base(USE, 50.0, 30))
    monkeypatch.setattr(marked, "README", tmp_path / "README.md")
    (tmp_path / "README.md").write_text(README)
    search_tasks.calls.clear()
    return found


def _none(_task: Task) -> tuple[Any, ...]:
    return ()


def dollar(*arguments: str) -> str:
    done = CliRunner().invoke(command._app("sizes"), ["--jobs", "1", *arguments])
    if done.exception:
        raise done.exception
    return done.stdout


def test_accuracy_is_that_of_the_tasks_protocol() -> None:
    """All data's model for the cost; for the accuracy each fold's own, on the people held out."""
    told = json.loads(dollar("--seeds", "2", "--json"))["levels"]
    data = search_tasks.data(FOLDS)
    for size, candidate in zip(told["sizes"], SIZES, strict=True):
        right = 0
        for person in range(FOLDS):
            unseen = data.test.groups == str(person)
            for seed in (0, 1):
                model = search_tasks.fit(data.training.where(~unseen), data.classes, seed, **candidate.recipe.settings)
                said = model.predict_proba(data.test.features[unseen]).argmax(axis=1)
                right += int(np.count_nonzero(said == data.test.labels[unseen]))
        assert size["accuracy"] == round(right / (2 * len(data.test)), 4)
    assert [(size["flash_bytes"], size["ram_bytes"], size["cycles"]) for size in told["sizes"]] == [
        (400, 407, 40),
        (300, 307, 30),
    ]
    assert told["seeds"] == [0, 1]


def test_the_second_time_nothing_is_loaded_or_trained(loads: list[int]) -> None:
    first = dollar("--json")
    assert len(search_tasks.calls) == len(SIZES) * (FOLDS + 1)
    assert dollar("--json") == first
    assert len(search_tasks.calls) == len(SIZES) * (FOLDS + 1)
    assert loads == [1]
    dollar("--seeds", "2", "--json")
    assert len(search_tasks.calls) == len(SIZES) * (2 * FOLDS + 1)  # the other seed's tests alone


def test_the_table_goes_between_the_marks(tmp_path: Path) -> None:
    dollar("--no-readme")
    assert (tmp_path / "README.md").read_text() == README
    dollar()
    text = (tmp_path / "README.md").read_text()
    assert text.startswith("before\n<!-- sizes: written by `dollar sizes` -->\nLevels. Accuracy: 4 people, one held out; seed 0.")
    assert text.endswith("|\n<!-- /sizes -->\nbehind\n")
    assert "| 400 B | 407 B | 40 | 0." in text
    dollar()
    assert (tmp_path / "README.md").read_text() == text


def test_a_readme_without_marks_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("before\n")
    with pytest.raises(InputError, match=r"README\.md lacks the lines <!-- sizes"):
        dollar()
    assert (tmp_path / "README.md").read_text() == "before\n"


@pytest.mark.parametrize(
    ("waiting_ua", "answers_per_s", "added"),
    [(0.0, 1.0, 1500.0), (1000.0, 1.0, 500.0), (0.0, 0.5, 750.0)],
)
def test_a_second_of_running_each_answer_is_the_cores_current(waiting_ua: float, answers_per_s: float, added: float) -> None:
    base = Base(Use("", lambda: 0.0, answers_per_s, waiting_ua), 40.0, 1000)
    assert base.with_model(Cost(0, 24_001_000)) == pytest.approx(40 + added)
    assert base.with_model(Cost(0, 1000)) == 40
    assert base.with_model(Cost(0, 5, 1000)) == 40  # what follows the last window counts where there is such


def test_an_image_without_the_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(current.models, "in_default_image", lambda: {"levels": "none"})
    with pytest.raises(InputError, match="the default image has no model of levels"):
        current.measure(nearest_level.task())


def test_ram_is_state_arguments_and_the_deepest_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a model keeps on its stack counts only where it is deeper than the features."""
    monkeypatch.undo()
    for task in ("motion", "sound"):
        small, deep, deeper = (_taken(tmp_path, task, stack) for stack in (0, 1200, 1300))
        assert deeper - deep == 100
        assert deep > small
        assert 500 < small < deeper < 4096


def _taken(folder: Path, task: str, stack: int) -> int:
    features = {"motion": 120, "sound": 97}[task]
    model = nearest_level.NearestLevel(nearest_level.CLASSES, nearest_level.LEVELS, features)
    model.save(folder / "by_hand", "by_hand")
    source = folder / "by_hand.c"
    if stack:
        line = f"volatile uint8_t used[{stack}]; for (int i = 0; i < {stack}; i++) {{ used[i] = 1; }} (void)used[0];"
        source.write_text(source.read_text().replace("    int best = 0;", f"    {line}\n    int best = 0;"))
    measure: Callable[[Path, str], int] = ram.MEASURES[task]
    return measure(source, "by_hand")
