"""Words played to virtual boards: each is what this machine makes of the same samples; what the gate does not hear is missed."""

import shutil
from pathlib import Path

import images
import numpy as np
import pytest
from real_windows import real

from firmware import models
from firmware.model.data import sets, sound_sets
from firmware.model.data.recording import Sound, SoundSet
from firmware.model.on_board import evaluation, image, utterances
from firmware.model.on_board.image import Image

RATE_HZ = 8000


def hum(hertz: float, humps: int = 1, seconds: float = 0.4) -> Sound:
    """Harmonics of this pitch that rise and fall; with silence of as long between two such humps."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    voice = np.hanning(len(time)) * sum(np.sin(2 * np.pi * k * hertz * time) / k for k in range(1, 6))
    parts = [8000 * voice, *[np.zeros(len(time)), 8000 * voice] * (humps - 1)]
    return Sound(np.concatenate(parts).astype(np.int16), RATE_HZ, int(hertz > 500), "1", "1", "", f"{hertz} {humps}")


def hums(*sounds: Sound) -> SoundSet:
    return SoundSet("hums", ("LOW", "HIGH"), sounds, "")


WORDS = hums(hum(150), hum(900))


@pytest.fixture(scope="module")
def by_hand() -> Image:
    return Image(images.with_models_by_hand(), "network", images.BY_HAND)


def test_the_board_says_what_this_machine_says_of_its_samples(by_hand: Image) -> None:
    found = evaluation.of_sound(by_hand, WORDS, 10, jobs=1)
    assert (found["windows"], found["unit"]) == (2, "words")
    assert (found["mismatches"], found["mismatches_of_share"], found["missed"]) == (0, 0, 0)
    assert "people whom it has seen" in found["protocol"]
    assert (found["accuracy"], found["accuracy_on_host"]) == (1, 1)


def test_another_model_on_this_machine_is_a_mismatch(by_hand: Image, tmp_path: Path) -> None:
    shutil.copytree(images.BY_HAND, tmp_path, dirs_exist_ok=True)
    source = tmp_path / "sound_network.c"
    source.write_text(source.read_text().replace("EVEN + features", "EVEN + 1 + features"))
    found = evaluation.of_sound(Image(by_hand.path, "network", tmp_path), WORDS, 10, jobs=1)
    assert (found["mismatches"], found["mismatches_of_share"]) == (0, 2)


@pytest.mark.parametrize(("humps", "seconds"), [(2, 0.4), (1, 0.02)])
def test_a_split_word_and_a_click_are_missed_but_no_mismatch(by_hand: Image, humps: int, seconds: float) -> None:
    found = evaluation.of_sound(by_hand, hums(hum(150, humps, seconds)), 1, jobs=1)
    assert (found["missed"], found["accuracy"], found["mismatches"], found["mismatches_of_share"]) == (1, 0, 0, 0)


def test_what_is_said_of_a_split_word_counts_if_it_differs(by_hand: Image, tmp_path: Path) -> None:
    shutil.copytree(images.BY_HAND, tmp_path, dirs_exist_ok=True)
    source = tmp_path / "sound_network.c"
    source.write_text(source.read_text().replace("EVEN + features", "EVEN + 1 + features"))
    found = evaluation.of_sound(Image(by_hand.path, "network", tmp_path), hums(hum(150, 2)), 1, jobs=1)
    assert (found["missed"], found["mismatches"], found["mismatches_of_share"]) == (1, 1, 1)


def test_each_clip_begins_at_another_moment_between_beacons() -> None:
    clips = utterances.drawn([hum(150)] * 40, 30)
    begins = [clip.begins_s for clip in clips]
    assert len(begins) == len(set(begins)) == 30
    first, last = 1.0, 1.0 + utterances.BEACON_S
    assert first <= min(begins) < first + 0.3
    assert last - 0.3 < max(begins) < last


@real(sets.FSDD)
def test_real_words_are_computed_as_on_this_machine() -> None:
    kind = models.in_default_image()["sound"]
    if kind == models.NONE:
        pytest.skip("the image has no model of sound: platformio.ini says so")
    found = evaluation.of_sound(image.default("sound", kind), sound_sets.fsdd(), 10, jobs=1)
    assert found["windows"] == 10
    assert (found["mismatches"], found["mismatches_of_share"]) == (0, 0)
    assert found["missed"] <= 1
    assert found["accuracy"] >= 0.7
