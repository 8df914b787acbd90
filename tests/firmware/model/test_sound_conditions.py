"""What noise, gain and pitch do to a sound before the converter."""

import numpy as np
import pytest
from spoken import hum

from firmware.model.sound import conditions
from firmware.model.sound.conditions import AS_RECORDED, COLOURS, LEAD, Condition, Noise, drawn, heard

WORD = hum(500, 4001, 1)


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def power(sound: np.ndarray) -> float:
    return float(np.mean(np.square(sound, dtype=float)))


def test_as_recorded_nothing_changes() -> None:
    assert (heard(WORD, AS_RECORDED, rng()) == WORD).all()


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("snr_db", [5, 10, 20])
def test_noise_has_the_stated_ratio(colour: str, snr_db: float) -> None:
    found = heard(WORD, Condition(noise=Noise(colour, snr_db)), rng())
    found[LEAD:-LEAD] -= WORD
    assert len(found) == len(WORD) + 2 * LEAD
    assert 10 * np.log10(power(WORD) / power(found)) == pytest.approx(snr_db, abs=1e-6)


@pytest.mark.parametrize(("colour", "db_per_octave"), [("white", 0), ("pink", -3), ("brown", -6)])
def test_colours_fall_by_so_much_an_octave(colour: str, db_per_octave: float) -> None:
    spectrum = np.abs(np.fft.rfft(conditions.coloured(2**17, colour, rng()))) ** 2
    octaves = [10 * np.log10(spectrum[low : 2 * low].mean()) for low in 2 ** np.arange(11, 16)]
    assert np.diff(octaves) == pytest.approx(np.full(4, db_per_octave), abs=0.3)


def test_gain_is_in_decibel_of_the_amplitude() -> None:
    assert heard(WORD, Condition(gain_db=20), rng()) == pytest.approx(10.0 * WORD)
    assert heard(WORD, Condition(gain_db=-6), rng()) == pytest.approx(0.501 * WORD, rel=1e-3)


@pytest.mark.parametrize("pitch", [-4, -1, 2])
def test_pitch_moves_a_tone_by_fortieths(pitch: int) -> None:
    tone = (8000 * np.sin(2 * np.pi * 1000 * np.arange(8000) / 8000)).astype(np.int16)
    found = heard(tone, Condition(pitch=pitch), rng())
    peak = np.argmax(np.abs(np.fft.rfft(found, 80000)))
    assert peak / 10 == pytest.approx(1000 * (1 + pitch / 40), abs=0.3)
    assert len(found) == pytest.approx(8000 / (1 + pitch / 40), abs=1)


def test_skipped_samples_are_the_first() -> None:
    assert (heard(WORD, Condition(skipped=100), rng()) == WORD[100:]).all()


def test_drawn_conditions_are_noisy_and_within_their_limits() -> None:
    several = [drawn(np.random.default_rng(seed)) for seed in range(300)]
    noises = [condition.noise for condition in several if condition.noise]
    assert len(noises) == 300
    assert {noise.colour for noise in noises} == set(COLOURS)
    assert {condition.pitch for condition in several} == set(range(-4, 5))
    for values, low, high in (
        ([noise.snr_db for noise in noises], 5, 30),
        ([condition.gain_db for condition in several], -14, 8),
        ([condition.skipped for condition in several], 0, 127),
    ):
        assert low <= min(values) < low + (high - low) / 10
        assert high - (high - low) / 10 < max(values) <= high
