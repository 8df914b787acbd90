"""Which models go into the image, by the words of platformio.ini."""

from pathlib import Path

import images
import pytest

from firmware import models
from hardware.errors import InputError


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    made = tmp_path / models.GENERATED / "motion_network.c"
    made.parent.mkdir(parents=True)
    made.touch()
    return tmp_path


def test_what_was_made_may_be_chosen(sources: Path) -> None:
    models.check({"motion": "network", "sound": "none"}, sources)


def test_a_wrong_word_is_refused(sources: Path) -> None:
    with pytest.raises(InputError, match=r"custom_sound_model = tree in firmware/platformio\.ini: say network, forest or none"):
        models.check({"motion": "network", "sound": "tree"}, sources)


def test_a_model_that_nobody_made_is_refused(sources: Path) -> None:
    with pytest.raises(InputError, match=r"motion_forest\.c is missing: run dollar train motion, or say custom_motion_model"):
        models.check({"motion": "forest", "sound": "none"}, sources)


def test_the_header_gives_the_chosen_model_its_common_name() -> None:
    lines = models.header({"motion": "forest", "sound": "none"}).splitlines()
    assert '#include "model/generated/motion_forest.h"' in lines
    assert "#define MOTION_MODEL 1" in lines
    assert "#define motion_model_predict_proba motion_forest_predict_proba" in lines
    assert "#define MOTION_MODEL_CLASSES ((int)motion_forest_CLASSES)" in lines
    assert "#define SOUND_MODEL 0" in lines
    assert not any("sound_" in line for line in lines)


def test_only_what_the_choice_needs_is_compiled() -> None:
    with_motion = models.left_out({"motion": "network", "sound": "none"})
    assert "app/motion_watch.c" in with_motion
    assert "app/motion_recognition.c" not in with_motion
    assert "model/decision.c" not in with_motion
    without = models.left_out({"motion": "none", "sound": "none"})
    assert {"app/motion_recognition.c", "app/classes.c", "model/decision.c", "model/motion_features.c"} <= set(without)
    assert models.chosen({"motion": "network", "sound": "forest"}) == (
        "model/generated/motion_network.c",
        "model/generated/sound_forest.c",
    )


def test_an_own_model_takes_the_place_of_the_committed_one(tmp_path: Path) -> None:
    (tmp_path / "motion_forest.c").touch()
    own = models.own(tmp_path)
    kinds = {"motion": "network", "sound": "network"} | models.kinds_of(own)
    assert kinds == {"motion": "forest", "sound": "network"}
    lines = models.header(kinds, own).splitlines()
    assert '#include "motion_forest.h"' in lines
    assert '#include "model/generated/sound_network.h"' in lines
    assert models.chosen(kinds, own) == ("model/generated/sound_network.c",)


def test_the_image_has_the_own_model() -> None:
    """The classes of the model by hand, which stands outside of the sources, and not those of the committed one."""
    image = images.with_own_model().read_bytes()
    assert b"SHAKEN" in image
    assert b"SITTING_DOWN" not in image


def test_each_source_that_is_left_out_exists() -> None:
    folder = Path(models.__file__).parent / "src"
    named = [
        *models.ONLY_WITH_ANY,
        *(name for by in (models.ONLY_WITH, models.ONLY_WITHOUT) for names in by.values() for name in names),
    ]
    assert [name for name in named if not (folder / name).is_file()] == []


def test_the_default_images_models_are_those_of_platformio_ini() -> None:
    kinds = models.in_default_image()
    assert set(kinds) == set(models.TASKS)
    models.check(kinds, Path(models.__file__).parent / "src")
