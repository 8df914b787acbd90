"""Stored results: as they were, what changed since, and that an interruption loses nothing."""

from dataclasses import replace
from pathlib import Path

import nearest_level
import numpy as np
import pytest

from firmware.model.evaluation import provenance, store, training
from firmware.model.evaluation.task import Cost, Data
from hardware import paths

TASK = nearest_level.task()
RECIPE = TASK.recipes[0]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    return tmp_path


def test_what_is_read_is_what_was_written() -> None:
    costing = replace(TASK, cost=lambda _source, _name: Cost(1000, 2000))
    written = training.run(costing, RECIPE, costing.load(), jobs=1).results
    stored = store.read(TASK.name, RECIPE.name)
    assert stored
    read, made_of = stored
    for one, other in ((read.answers, written.answers), (read.stress["louder"], written.stress["louder"])):
        assert np.array_equal(one.probabilities, other.probabilities)
        assert np.array_equal(one.truth, other.truth)
        assert np.array_equal(one.groups, other.groups)
    assert written.sensorless is not None
    assert np.array_equal(read.sensorless, written.sensorless)
    assert (read.cost, read.mismatches, read.seeds, read.classes) == (
        Cost(1000, 2000),
        written.mismatches,
        (0, 1),
        written.classes,
    )
    assert training.stale(TASK, RECIPE, made_of) == ""


def test_the_same_results_are_the_same_bytes(folder: Path) -> None:
    files = []
    for jobs in (1, 2):
        training.run(TASK, RECIPE, TASK.load(), jobs)
        files.append(store.path(TASK.name, RECIPE.name).read_bytes())
    assert files[0] == files[1]
    assert [path.name for path in (folder / TASK.name).iterdir()] == [f"{RECIPE.name}.npz"]


def test_nothing_and_damage_are_not_results() -> None:
    assert store.read(TASK.name, RECIPE.name) is None
    training.run(TASK, RECIPE, TASK.load(), jobs=1)
    path = store.path(TASK.name, RECIPE.name)
    path.write_bytes(path.read_bytes()[:-200])
    assert store.read(TASK.name, RECIPE.name) is None


def test_what_changed_since_is_named() -> None:
    training.run(TASK, RECIPE, TASK.load(), jobs=1)
    stored = store.read(TASK.name, RECIPE.name)
    assert stored
    made_of = stored[1]
    assert training.stale(replace(TASK, data_digest=lambda: "1" * 64), RECIPE, made_of) == "the data"
    assert training.stale(replace(TASK, seeds=(0,)), RECIPE, made_of) == "settings or libraries"
    for other in (replace(RECIPE, settings={"shift": 1}), replace(RECIPE, columns=1), replace(RECIPE, copies=False)):
        assert training.stale(TASK, other, made_of) == "settings or libraries"
    assert training.stale(replace(TASK, modules=("model/motion_context",)), RECIPE, made_of) == (
        "firmware/src/model/motion_context.c and 2 more files"  # its header, and that of the features
    )
    changed = {**made_of.sources, "firmware/model/evaluation/folds.py": "0"}
    assert training.stale(TASK, RECIPE, replace(made_of, sources=changed)) == "firmware/model/evaluation/folds.py"


def test_what_is_imported_anywhere_counts_and_no_more() -> None:
    found = {str(path.relative_to(paths.ROOT)) for path in provenance.python_sources([Path(training.__file__)])}
    assert {"firmware/model/evaluation/training.py", "firmware/model/native.py", "firmware/model/__init__.py"} <= found
    assert "firmware/model/features_sound.py" not in found
    assert "firmware/model/evaluation/figures.py" not in found  # how it is drawn does not change what it is


def test_an_interrupted_training_leaves_the_results_before_it() -> None:
    training.run(TASK, RECIPE, TASK.load(), jobs=1)
    before = store.path(TASK.name, RECIPE.name).read_bytes()

    def stop() -> None:
        raise KeyboardInterrupt

    louder = Data(TASK.load().classes, TASK.load().stress["louder"], TASK.load().training)
    with pytest.raises(KeyboardInterrupt):
        training.run(TASK, RECIPE, louder, 1, stop)
    assert store.path(TASK.name, RECIPE.name).read_bytes() == before
    assert len(list(store.path(TASK.name, RECIPE.name).parent.iterdir())) == 1
