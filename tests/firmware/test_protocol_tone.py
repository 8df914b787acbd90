"""Level and frequency of sound against NumPy."""

import numpy as np
import pytest
from host_c import load
from hypothesis import example, given
from hypothesis import strategies as st

FFI, C = load()


def measure(samples: np.ndarray, rate: int = 8000) -> tuple[int, float, float]:
    """DC and RMS in converter steps, Hz."""
    data = np.clip(np.round(samples), 0, 4095).astype(np.uint16)
    buffer = FFI.from_buffer("uint16_t[]", data)
    result = C.tone_measure(buffer, len(data), rate)
    return result.dc, result.rms_sixteenths / 16, result.frequency_decihertz / 10


@given(st.lists(st.integers(0, 4095), min_size=2, max_size=256))
@example([0, 1])
@example([4095, 4094, 4095, 4094])
def test_dc_and_level_are_numpys(values: list[int]) -> None:
    samples = np.array(values)
    dc, rms, _ = measure(samples)
    assert abs(dc - samples.mean()) <= 0.5
    assert rms == pytest.approx(samples.std(), abs=0.15, rel=0.001)


@given(
    st.integers(160, 2660), st.floats(0, 6.28), st.integers(200, 1900), st.integers(1980, 2110), st.integers(0, 1000)
)  # fmt: skip
def test_frequency_of_a_tone(frequency: int, phase: float, amplitude: int, dc: int, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 2, 256)
    samples = dc + amplitude * np.sin(2 * np.pi * frequency * np.arange(256) / 8000 + phase) + noise
    assert measure(samples)[2] == pytest.approx(frequency, rel=0.01)


@given(st.integers(100, 1500), st.floats(0, 6.28), st.integers(300, 1900))
def test_crossings_are_placed_between_samples(frequency: int, phase: float, amplitude: int) -> None:
    samples = 2048 + amplitude * np.sin(2 * np.pi * frequency * np.arange(256) / 8000 + phase)
    assert measure(samples)[2] == pytest.approx(frequency, rel=0.002)


@pytest.mark.parametrize("rate", [4000, 16000, 48000])
def test_the_rate_counts(rate: int) -> None:
    samples = 2048 + 2047 * np.sin(2 * np.pi * 0.33 * np.arange(256) + 1)
    assert measure(samples, rate)[2] == pytest.approx(0.33 * rate, rel=0.01)


def test_noise_does_not_add_crossings() -> None:
    noise = np.random.default_rng(1).normal(0, 60, 256)
    samples = 2048 + 600 * np.sin(2 * np.pi * 200 * np.arange(256) / 8000) + noise
    assert measure(samples)[2] == pytest.approx(200, rel=0.05)


@pytest.mark.parametrize("level", [0, 1, 2048, 4095])
def test_silence_has_no_frequency(level: int) -> None:
    assert measure(np.full(256, level)) == (level, 0, 0)


def test_full_scale_does_not_overflow() -> None:
    square = np.tile([0, 0, 4095, 4095], 64)
    dc, rms, frequency = measure(square, 48000)
    assert (dc, frequency) == (2048, 12000)
    assert rms == pytest.approx(2047.5, abs=0.1)
