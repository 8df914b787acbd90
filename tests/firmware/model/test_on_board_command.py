"""`dollar evaluate --on virtual` as a user calls it."""

import json
from pathlib import Path

import images
import pytest
from click.testing import Result
from test_on_board_motion import RECORDINGS
from typer.testing import CliRunner

from firmware import models
from firmware.model.data import motion_sets
from firmware.model.data.recording import MotionSet
from firmware.model.on_board import image
from hardware.errors import InputError
from scripts.dollar import __main__ as command

KEYS = {
    *("task", "model", "protocol", "windows", "mismatches", "mismatches_of_share", "missed", "accuracy", "accuracy_on_host"),
    *("seconds", "seconds_on_board", "times_real_time", "per_class"),
}


def evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(command._app("evaluate"), [*arguments, "--on", "virtual", "--jobs", "1"])


def played(monkeypatch: pytest.MonkeyPatch, firmware: Path, kind: str = "network") -> None:
    """With this image for the default one, and recordings that are always there."""
    monkeypatch.setattr(image, "DEFAULT", firmware)
    monkeypatch.setattr(models, "in_default_image", lambda: {"motion": kind, "sound": models.NONE})

    def sways(_device: str) -> MotionSet:
        return RECORDINGS

    monkeypatch.setattr(motion_sets, "spsw_har", sways)


def test_figures_come_as_json_and_as_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The image has the model by hand, and this machine looks at the committed one: nothing but differences."""
    played(monkeypatch, images.with_model_by_hand())
    done = evaluate("motion", "--limit", "4", "--json")
    found = json.loads(done.stdout)
    assert found.keys() >= KEYS
    assert (found["windows"], found["mismatches_of_share"], found["missed"]) == (4, 4, 0)
    assert sum(one["windows"] for one in found["per_class"].values()) == 4
    assert found["times_real_time"] == pytest.approx(found["seconds_on_board"] / found["seconds"])
    shown = evaluate("motion", "--limit", "4").stdout
    assert "4 in the probability, 0 missed" in " ".join(shown.split())
    assert "run make firmware" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("motion", "--model", "forest"), "the firmware has the network of motion: say custom_motion_model = forest in"),
        (("sound",), "the firmware has no model of sound: say custom_sound_model = network in"),
        (("exercise",), "the firmware takes no model network of exercise: leave out --on virtual"),
        (("motion", "--only", "WALKING"), "--retrain and --only are of what is stored"),
        (("motion", "--no-context"), "the firmware takes no model network_without_context of motion: leave out --on virtual"),
    ],
)
def test_what_the_firmware_does_not_have_is_told(arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    played(monkeypatch, images.with_model_by_hand())
    done = evaluate(*arguments)
    assert isinstance(done.exception, InputError)
    assert told in str(done.exception)


def test_a_missing_image_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    played(monkeypatch, tmp_path / "firmware.bin")
    done = evaluate("motion")
    assert isinstance(done.exception, InputError)
    assert str(done.exception).endswith("firmware.bin is missing: run make firmware")


def test_an_image_without_the_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    played(monkeypatch, images.without_model())
    done = evaluate("motion")
    assert isinstance(done.exception, InputError)
    assert "has no model of motion: run make firmware" in str(done.exception)


def test_an_image_that_says_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing = tmp_path / "firmware.bin"
    nothing.write_bytes(bytes((0, 16, 0, 32, 9, 0, 0, 8, 0xFE, 0xE7)))  # stack, start, and there a branch to itself
    played(monkeypatch, nothing)
    done = evaluate("motion")
    assert isinstance(done.exception, InputError)
    assert "does not say which models it has" in str(done.exception)
