"""Levels of mel bands against NumPy in floating point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound_reference import bit_reversed, bounds, complex_of, front_end, levels, parts

from firmware.model import sound_tables


def counts_of(sound: np.ndarray) -> np.ndarray:
    return np.clip(np.round(sound) + 2048, 0, 4095).astype(np.uint16)


def speechlike(amplitude: float, seed: int) -> np.ndarray:
    """Harmonics that fall by 6 dB an octave, and noise 30 dB below."""
    rng = np.random.default_rng(seed)
    t = np.arange(256) / 8000
    pitch = rng.uniform(80, 250)
    voice = sum(np.sin(2 * np.pi * k * pitch * t + rng.uniform(0, 6)) / k for k in range(1, int(3900 / pitch)))
    return counts_of(amplitude * (voice / 2 + rng.normal(0, 0.03, 256)))


def found(counts: np.ndarray) -> np.ndarray:
    return front_end().levels(counts)[0].astype(int)


@given(st.floats(30, 1900), st.integers(0, 2**32 - 1))
def test_levels_are_numpys_within_two_steps_and_a_half(amplitude: float, seed: int) -> None:
    counts = speechlike(amplitude, seed)
    error = found(counts) - levels(counts)
    heard = levels(counts) > levels(counts).max() - 80  # 30 dB: what is further down, rounding adds to
    # -1.7 to 0: the logarithm is rounded down, and linear between powers of two
    assert error[heard].min() > -2.5
    assert error[heard].max() < 2.5


@given(st.lists(st.sampled_from([0, 4095, 2048]), min_size=256, max_size=256), st.integers(0, 2**32 - 1))
def test_extremes_do_not_overflow(values: list[int], seed: int) -> None:
    """A part that wrapped would move the bands by tens of steps, most of all the quiet ones."""
    for counts in (np.array(values, np.uint16), np.random.default_rng(seed).choice([0, 4095], 256).astype(np.uint16)):
        least, most = bounds(counts)
        assert (least <= found(counts)).all()
        assert (found(counts) <= most).all()


@pytest.mark.parametrize("period", [4, 8, 16, 32, 64])
def test_full_scale_square_waves(period: int) -> None:
    counts = np.tile([4095] * (period // 2) + [0] * (period // 2), 256 // period).astype(np.uint16)
    least, most = bounds(counts)
    assert (least <= found(counts)).all()
    assert (found(counts) <= most).all()


@pytest.mark.parametrize("level", [0, 2047, 2048, 2049, 4095])
def test_a_constant_is_silence(level: int) -> None:
    assert found(np.full(256, level, np.uint16)).max() == 0


@given(st.integers(-1000, 1000), st.integers(0, 2**32 - 1))
def test_the_offset_of_the_converter_is_not_heard(offset: int, seed: int) -> None:
    counts = speechlike(400, seed).astype(int)
    assert (found((counts + offset).astype(np.uint16)) == found(counts.astype(np.uint16))).all()


@pytest.mark.parametrize("band", range(12))
def test_a_tone_is_loudest_in_its_band(band: int) -> None:
    hertz = sound_tables.band_edges()[band + 1] * 8000 / 256
    levels_found = found(counts_of(500 * np.sin(2 * np.pi * hertz * np.arange(256) / 8000)))
    assert levels_found.argmax() == band


def test_half_the_amplitude_is_sixteen_steps_down() -> None:
    whole, half = (found(speechlike(amplitude, 3)) for amplitude in (1600, 800))
    assert np.abs(whole - half - 16).max() <= 2


@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 10, 300, 2047]))
def test_window_and_differences(seed: int, amplitude: int) -> None:
    front = front_end()
    counts = (2048 + np.random.default_rng(seed).integers(-amplitude, amplitude + 1, 256)).astype(np.uint16)
    points = np.zeros(128, np.uint32)
    sound = front.ffi.from_buffer("uint16_t[]", counts)
    changes = front.lib.hann_window(sound, sound + 128, front.ffi.from_buffer("uint32_t[]", points))
    ordered = complex_of(points)[bit_reversed()]
    real = np.stack((ordered.real, ordered.imag), 1).ravel()
    error = real - parts(counts)
    assert error.min() > -1.3
    assert error.max() < 0.3
    largest = np.where(real < 0, -1 - real, real).max()
    assert changes.bit_length() - 1 == int(largest).bit_length()


def test_committed_tables_are_those_of_the_formulas() -> None:
    assert sound_tables.TABLES.read_text() == sound_tables.source()
