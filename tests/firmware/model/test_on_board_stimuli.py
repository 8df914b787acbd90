"""Recordings of the public sets as what moves a simulated board, and what it hears."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from boards import new
from real_windows import real
from recognition import told

from firmware import models
from firmware.model.data import motion_sets, place, sets
from firmware.model.on_board import stimuli
from firmware.model.on_board.stimuli import Repeated
from hardware.errors import InputError
from hardware.virtual_board.motion import Rest, Walking
from hardware.virtual_board.sound import Silence
from hardware.virtual_board.ticks import from_seconds


def test_what_is_no_recording_is_as_before() -> None:
    assert isinstance(stimuli.motion("walking"), Walking)
    assert isinstance(stimuli.motion("rest"), Rest)
    assert isinstance(stimuli.sound("silence"), Silence)


def test_a_stretch_goes_on_from_its_end_to_its_begin() -> None:
    ramp = np.array([[0.0, 0, 1], [0.1, 0, 1], [0.3, 0, 1]])
    source = Repeated(ramp, np.array([0.0, 0.01, 0.03]))
    at = [source.acceleration_g(from_seconds(second))[0] for second in (0, 0.005, 0.02, 0.03, 0.04, 0.05, 0.06)]
    assert at == pytest.approx([0, 0.05, 0.2, 0.3, 0.15, 0, 0.1], abs=1e-6)


@pytest.mark.parametrize("parse", [stimuli.motion, stimuli.sound])
def test_without_the_set_it_is_told_how_to_get_it(
    parse: Callable[[str], object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(place.VARIABLE, str(tmp_path))
    with pytest.raises(InputError, match=r"is not there.*run dollar data fetch"):
        parse("data:WALKING")


@real(sets.SPSW_HAR)
def test_a_board_on_a_walking_wrist_says_so() -> None:
    if models.in_default_image()["motion"] == models.NONE:
        pytest.skip("the image has no model of motion: platformio.ini says so")
    board = new(motion=stimuli.motion("data:WALKING"))
    board.run(15)
    assert told(board)[-1] == motion_sets.spsw_har().labels.index("WALKING") + 1


@real(sets.SPSW_HAR)
def test_an_unknown_activity_is_told() -> None:
    with pytest.raises(InputError, match="there is no motion 'data:DANCING': say data:SEATED, data:STANDING_UP"):
        stimuli.motion("data:DANCING")


@real(sets.FSDD)
def test_a_word_comes_after_a_pause_again_and_again() -> None:
    source = stimuli.sound("data:7")
    length_s = 4.0
    heard = np.abs(source.pascal(0, from_seconds(1e-3), round(length_s * 1000))) > 1e-3
    assert not heard[:1490].any()
    assert heard[1500:2200].any()
    begins = np.flatnonzero(np.diff(heard.astype(int)) == 1)
    assert len(begins[np.diff(begins, prepend=0) > 1000]) == 2
    with pytest.raises(InputError, match="there is no sound 'data:eleven': say data:0"):
        stimuli.sound("data:eleven")
