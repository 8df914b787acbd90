"""A model of somebody's own recordings: one that is good, and all that would make a bad one unseen."""

import json
from pathlib import Path

import numpy as np
import own_folder
import pytest
from click.testing import Result
from typer.testing import CliRunner

from firmware.model.data import write_folder
from firmware.model.data.sidecar import Sidecar
from firmware.model.evaluation import store
from firmware.model.evaluation.host_check import Mismatches
from firmware.model.evaluation.results import Answers, Results
from firmware.model.own import doubts, groups, image, task
from hardware import paths
from hardware.errors import InputError
from scripts.dollar import __main__ as command


def refused(folder: Path, match: str, name: str = "motion") -> None:
    with pytest.raises(InputError, match=match):
        task.of(name, folder)


def test_people_are_held_out_where_each_label_is_of_two(tmp_path: Path) -> None:
    own = task.of("motion", own_folder.fill(tmp_path))
    assert own.task.folds == 3
    data = own.task.load()
    assert data.classes == ("shaking", "sitting", "swaying")
    assert set(data.test.groups) == {"ann", "bob", "cem"}
    assert all("people" not in doubt for doubt in own.doubts)


def test_of_one_person_sessions_are_held_out_and_that_is_told(tmp_path: Path) -> None:
    for session in ("monday", "tuesday"):
        own_folder.fill(tmp_path, people=("ann",), session=session, seconds=12 if session == "monday" else 13)
    own = task.of("motion", tmp_path)
    assert set(own.task.load().test.groups) == {"ann monday", "ann tuesday"}
    assert "for others it will be worse" in own.doubts[0]


def test_of_one_session_recordings_are_held_out(tmp_path: Path) -> None:
    own = task.of("motion", own_folder.fill(tmp_path, people=("ann",), session="monday", each=2))
    assert len(set(own.task.load().test.groups)) == own.task.folds == 6
    assert "of the same session" in own.doubts[0]


def test_one_label_of_one_person_falls_back_to_sessions(tmp_path: Path) -> None:
    own_folder.fill(tmp_path, labels=("shaking",))
    own_folder.fill(tmp_path, labels=("sitting",), people=("ann",), each=2)
    assert "for others it will be worse" in task.of("motion", tmp_path).doubts[0]


def test_no_more_folds_than_eight() -> None:
    assert groups.Grouping("subject", tuple(map(str, range(20))), "").folds == 8


@pytest.mark.parametrize(
    ("made", "match"),
    [
        ({"labels": ("shaking",)}, "all recordings are of 'shaking'"),
        ({"people": ("ann",)}, "one recording of 'shaking'"),
        ({"seconds": 3}, "there are 9 windows of 1.28 s of 'shaking', and 20 are the least"),
    ],
)
def test_too_little_is_refused(tmp_path: Path, made: dict[str, tuple[str, ...]], match: str) -> None:
    refused(own_folder.fill(tmp_path, **made), match)  # type: ignore[arg-type]


def test_little_is_told(tmp_path: Path) -> None:
    said = task.of("motion", own_folder.fill(tmp_path)).doubts
    assert any("of 'swaying'; with less than 150" in one for one in said)


def test_a_copy_is_refused(tmp_path: Path) -> None:
    own_folder.fill(tmp_path)
    samples = own_folder.motion(12, "sitting", 7)
    for subject in ("dan", "eve"):
        write_folder.motion(tmp_path, "sitting", samples, Sidecar(50, subject))
    refused(tmp_path, "are the same recording: remove one")


@pytest.mark.parametrize(
    ("scale", "range_g", "match"),
    [(9.81, 2, "divide m/s2 by 9.81"), (9.81, 16, "divide m/s2 by 9.81"), (0.1, 2, "gravity gives 1")],
)
def test_another_unit_is_refused(tmp_path: Path, scale: float, range_g: float, match: str) -> None:
    own_folder.fill(tmp_path)
    write_folder.motion(
        tmp_path, "sitting", scale * own_folder.motion(12, "sitting", 7), Sidecar(50, "dan", full_scale_g=range_g)
    )
    refused(tmp_path, match)


def test_a_dead_sensor_is_refused(tmp_path: Path) -> None:
    own_folder.fill(tmp_path)
    write_folder.motion(tmp_path, "sitting", np.tile([0.0, 0.0, 1.0], (600, 1)), Sidecar(50, "dan"))
    refused(tmp_path, "never changes")


def test_a_silent_recording_is_refused(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    for label in ("yes", "no"):
        for subject in ("ann", "bob"):
            write_folder.sound(tmp_path, label, rng.integers(-900, 900, 4000).astype(np.int16), Sidecar(8000, subject))
    write_folder.sound(tmp_path, "no", np.full(4000, 12, np.int16), Sidecar(8000, "cem"))
    refused(tmp_path, "is silent", "sound")


def results(truth: list[int], said: list[int], groups_of: list[str], seeds: int = 1) -> Results:
    chances = np.full((seeds, len(truth), 2), 1000, np.uint16)
    chances[:, np.arange(len(truth)), said] = 60000
    answers = Answers(chances, np.array(truth), np.array(groups_of))
    return Results("motion", "network", "network", ("walk", "sit"), "", tuple(range(seeds)), answers, {}, None, Mismatches(0, 0))


def test_a_model_that_names_the_most_frequent_label_is_not_written() -> None:
    with pytest.raises(InputError, match="learnt nothing, and is not written"):
        doubts.check(results([0] * 80 + [1] * 20, [0] * 100, ["ann"] * 100))


def test_a_class_that_is_missed_is_told_with_what_it_is_taken_for() -> None:
    said = [0] * 100 + [1] * 45 + [0] * 55
    (doubt,) = doubts.check(results([0] * 100 + [1] * 100, said, ["ann", "bob"] * 100))
    assert doubt == "'sit' is found in 45% only, and mostly taken for 'walk'"


def test_a_person_who_fares_badly_is_told() -> None:
    truth, people = [0, 1] * 100, ["ann"] * 150 + ["bob"] * 50
    said = truth[:150] + [1 - label for label in truth[150:]]
    assert any(doubt.startswith("for 'bob' it is right in 0% only") for doubt in doubts.check(results(truth, said, people)))


def test_a_good_model_has_no_doubts() -> None:
    assert doubts.check(results([0, 1] * 50, [0, 1] * 50, ["ann", "bob"] * 50)) == ()


@pytest.fixture
def own_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "made"
    monkeypatch.setattr(store, "FOLDER", made / "results")
    monkeypatch.setattr(task, "GENERATED", made / "generated")
    monkeypatch.setattr(paths, "REPORTS", made / "reports")
    return made


def test_another_kind_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    for name in ("motion_network.c", "motion_network.h", "motion_forest.c", "sound_network.c"):
        (tmp_path / name).touch()
    image.only("motion", tmp_path / "motion_forest.c")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["motion_forest.c", "sound_network.c"]


def train(folder: Path, *more: str) -> Result:
    arguments = ["motion", "--data", str(folder), "--model", "forest", "--jobs", "1", "--no-firmware", *more]
    return CliRunner().invoke(command._app("train"), arguments)


def test_one_command_gives_a_tested_model(tmp_path: Path, own_build: Path) -> None:
    folder = own_folder.fill(tmp_path / "gym")
    done = train(folder, "--json")
    assert done.exit_code == 0, done.stderr
    (model,) = json.loads(done.stdout)["models"]
    assert model["accuracy"] > 0.9
    assert model["per_group"].keys() == {"ann", "bob", "cem"}
    assert "careful: there are 51 windows of 1.28 s of 'shaking'" in done.stderr
    made = (own_build / "generated" / "motion_forest.c").read_text()
    assert "3 folds by subject (3) of the recordings in gym." in made
    assert '"swaying"' in made


def test_a_model_of_noise_is_not_written(tmp_path: Path, own_build: Path) -> None:
    rng = np.random.default_rng(3)
    for label in ("one", "other"):
        for subject in ("ann", "bob", "cem"):
            samples = rng.normal([0, 0, 1], 0.1, (600, 3))
            write_folder.motion(tmp_path / "noise", label, samples, Sidecar(50, subject))
    done = train(tmp_path / "noise")
    assert isinstance(done.exception, InputError)
    assert "it has learnt nothing" in str(done.exception)
    assert not (own_build / "generated").exists()
