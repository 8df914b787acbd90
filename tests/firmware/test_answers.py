"""The names of the classes that the counts in a beacon stand for."""

from pathlib import Path

import pytest

from firmware import answers, models


@pytest.fixture
def two_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for task, names in (("motion", '"REST", "WALK"'), ("sound", '"yes", "no"')):
        source = tmp_path / models.GENERATED / f"{task}_forest.c"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(f"const char *const {task}_forest_class_names[{task}_forest_CLASSES] = {{\n    {names},\n}};\n")
    monkeypatch.setattr(answers, "SOURCES", tmp_path)


def kinds(monkeypatch: pytest.MonkeyPatch, motion: str, sound: str) -> None:
    monkeypatch.setattr(models, "in_default_image", lambda: {"motion": motion, "sound": sound})


@pytest.mark.usefixtures("two_models")
def test_each_model_has_a_count_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds(monkeypatch, "forest", "forest")
    assert answers.told({"packet_id": 1, "count_1": 2, "count_2": 0}) == {"motion": "WALK", "sound": "unknown"}


@pytest.mark.usefixtures("two_models")
@pytest.mark.parametrize(
    ("motion", "sound", "expected"), [("forest", "none", {"motion": "REST"}), ("none", "forest", {"sound": "yes"})]
)
def test_a_single_model_has_the_only_count(motion: str, sound: str, expected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds(monkeypatch, motion, sound)
    assert answers.told({"count": 1}) == expected
    assert answers.told({"battery": 1}) == {}
    assert list(answers.told({"count": 9}).values()) == ["9"]


def test_without_a_model_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds(monkeypatch, "none", "none")
    assert answers.told({"battery": 90}) == {}
