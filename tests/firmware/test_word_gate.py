"""The gate of sound: what opens it, what closes it, and what it takes for the background."""

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from host_c import SANITIZED
from hypothesis import given
from hypothesis import strategies as st

from firmware.model import native
from firmware.model.features_sound import MODULES

THRESHOLD = 40 * 40
NONE, HEARD, NOISE = range(3)
QUIET, MOST, LEAST = 12, 59, 4  # frames


@functools.cache
def firmware() -> tuple[Any, Any]:
    return native.load("word_gate", (*MODULES, "model/word_gate"), tuple(SANITIZED))


class Gate:
    def __init__(self) -> None:
        self.ffi, self.lib = firmware()
        self.gate = self.ffi.new("word_gate *")

    def hear(self, powers: Iterable[int]) -> list[int]:
        return [self.lib.word_gate_add(self.gate, power, THRESHOLD) for power in powers]

    @property
    def is_open(self) -> bool:
        return bool(self.lib.word_gate_is_open(self.gate))


def power(samples: np.ndarray) -> int:
    ffi, lib = firmware()
    counts = np.ascontiguousarray(samples, np.uint16)
    return int(lib.hop_power(ffi.from_buffer("uint16_t[]", counts)))


@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 5, 40, 300, 900]), st.integers(-1000, 1000))
def test_power_is_the_variance_wherever_the_middle_is(seed: int, amplitude: int, offset: int) -> None:
    noise = np.random.default_rng(seed).integers(-amplitude, amplitude + 1, 128)
    samples = 2048 + offset + noise
    first = abs(int(noise[0] - noise.mean()))
    assert power(samples) == pytest.approx(samples.var(), abs=2 * first + 3)  # the mean is rounded down


@pytest.mark.parametrize(("low", "high"), [(0, 4095), (4095, 0), (1048, 1048)])
def test_extremes_fit(low: int, high: int) -> None:
    assert power(np.array([low, high] * 64)) == pytest.approx((high - low) ** 2 / 4, abs=4200)


def test_a_word_is_heard_when_it_has_been_quiet_long_enough() -> None:
    gate = Gate()
    assert gate.hear([100] * 50 + [5000] * 20 + [100] * (QUIET - 1)) == [NONE] * (70 + QUIET - 1)
    assert gate.is_open
    assert gate.hear([100]) == [HEARD]
    assert not gate.is_open


def test_a_pause_within_a_word_is_part_of_it() -> None:
    gate = Gate()
    assert gate.hear([5000] * 5 + [100] * (QUIET - 1) + [5000] * 5 + [100] * (QUIET - 1)) == [NONE] * (8 + 2 * QUIET)
    assert gate.hear([100]) == [HEARD]


@pytest.mark.parametrize(("loud", "event"), [(LEAST - 1, NOISE), (LEAST, HEARD)])
def test_a_click_is_no_word(loud: int, event: int) -> None:
    assert Gate().hear([5000] * loud + [100] * QUIET)[-1] == event


@pytest.mark.parametrize("quiet", [0, 100, THRESHOLD - 1])
def test_below_the_threshold_it_stays_closed(quiet: int) -> None:
    gate = Gate()
    assert gate.hear([quiet] * 500) == [NONE] * 500
    assert not gate.is_open


@pytest.mark.parametrize(("louder", "opens"), [(4 * 9000 - 1, False), (4 * 9000, True)])
def test_a_noise_that_goes_on_becomes_the_background(louder: int, opens: bool) -> None:
    gate = Gate()
    assert gate.hear([9000] * 300) == [NONE] * (MOST - 1) + [NOISE] + [NONE] * (300 - MOST)
    assert not gate.is_open
    gate.hear([louder])
    assert gate.is_open == opens


def test_after_the_noise_a_word_is_heard_again() -> None:
    gate = Gate()
    gate.hear([9000] * 300 + [100] * 62)  # a second of quiet
    assert gate.hear([5000] * 20 + [100] * QUIET)[-1] == HEARD


def test_the_background_is_followed_in_both_directions() -> None:
    gate = Gate()
    gate.hear([1500] * 100)
    gate.hear([5900])  # above the threshold, not 6 dB above the background
    assert not gate.is_open
    gate.hear([10] * 100 + [1700])
    assert gate.is_open
