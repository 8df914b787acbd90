"""The models of motion that are committed: made by the sources as they are, and good for what they say."""

from pathlib import Path

import pytest
from real_windows import real

from firmware.model import tasks
from firmware.model.data import sets
from firmware.model.evaluation import final
from firmware.model.evaluation.task import Data
from firmware.model.motion.task import task

MOTION = task()
SHIPPED = [recipe.name for recipe in MOTION.recipes if recipe.shipped]

needs_data = real(sets.SPSW_HAR)


@pytest.fixture(scope="module")
def data() -> Data:
    return MOTION.load()


def comment(file: Path) -> str:
    """That at the head of generated C, as it was given."""
    head = file.read_text("utf-8").split("*/", 1)[0].removeprefix("/* ").rstrip()
    return head.replace("\n * ", "\n")


@needs_data
@pytest.mark.parametrize("name", SHIPPED)
def test_training_makes_the_committed_model_byte_for_byte(
    name: str, data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model of all data only. The comment's figures need all folds: dollar train motion."""
    committed = final.FOLDER / f"motion_{name}.c"
    recipe = tasks.recipe(MOTION, name)
    monkeypatch.setattr(final, "FOLDER", tmp_path)
    made = final.write(MOTION, recipe, final.train(MOTION, recipe, data), comment(committed))
    for suffix in (".c", ".h"):
        assert made.with_suffix(suffix).read_bytes() == committed.with_suffix(suffix).read_bytes()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_committed_model_says_what_it_is_made_of(name: str) -> None:
    for suffix in (".c", ".h"):
        said = " ".join(comment(final.FOLDER / f"motion_{name}{suffix}").split())
        for expected in (
            "CC BY 4.0",
            sets.SPSW_HAR.commit,
            sets.SPSW_HAR.digest,
            "8 folds by subject",
            "accuracy 0.8",
            "bytes of flash",
            "seed 0",
            f"dollar train motion --model {name}",
        ):
            assert expected in said
