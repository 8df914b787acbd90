"""The transform of the sound front end against numpy.fft."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sound_reference import bit_reversed, complex_of, front_end, points_of

LIMIT = 8192  # FFT_INPUT_LIMIT
# Roundings of the three passes that divide: moduli of 2 sqrt(2), the same, sqrt(2); and a part for the table.
MOST = 8


def signal(kind: str, seed: int) -> np.ndarray:
    """128 points whose parts stay below the limit, and some as far as they may."""
    rng = np.random.default_rng(seed)
    n = np.arange(128)
    if kind == "noise":
        values = rng.uniform(-1, 1, 128) + 1j * rng.uniform(-1, 1, 128)
    elif kind == "corners":  # each point as large as it can be
        values = rng.choice([-1, 1], 128) + 1j * rng.choice([-1, 1], 128)
    elif kind == "turning corners":  # all in one bin: the most that can add up
        values = np.sqrt(2) * np.exp(2j * np.pi * (rng.integers(128) * n / 128 + 1 / 8))
        values = np.sign(values.real) + 1j * np.sign(values.imag)
    elif kind == "tone":
        values = np.exp(2j * np.pi * (rng.uniform(0, 128) * n / 128 + rng.uniform()))
    else:
        values = np.zeros(128, complex)
        values[rng.integers(128)] = 1 - 1j
    return np.round(values.real * (LIMIT - 1)) + 1j * np.round(values.imag * (LIMIT - 1))


KINDS = st.sampled_from(["noise", "corners", "turning corners", "tone", "pulse"])


def transformed(values: np.ndarray, shift: int = 0) -> np.ndarray:
    front = front_end()
    points = points_of(values[bit_reversed()])
    front.lib.fft_transform(front.ffi.from_buffer("uint32_t[]", points), shift)
    return points


@given(KINDS, st.integers(0, 2**32 - 1))
def test_parts_are_numpys_but_for_rounding(kind: str, seed: int) -> None:
    values = signal(kind, seed)
    error = complex_of(transformed(values)) - np.fft.fft(values) / 64
    assert np.abs(error).max() <= MOST
    assert np.sqrt(np.mean(np.abs(error) ** 2) / 2) <= 1.2


def test_rounding_moves_no_bin_by_a_whole_step_on_average() -> None:
    """What is rounded down adds up in the plain sums, unless it is made up for there."""
    frames = [signal("noise", seed) for seed in range(200)]
    mean = np.mean([complex_of(transformed(values)) - np.fft.fft(values) / 64 for values in frames], axis=0)
    parts = np.stack((mean.real, mean.imag))[:, 1:]  # bin 0 is all sums, and no band has it
    assert np.abs(parts).max() < 1
    assert abs(parts[:, :63].mean() - parts[:, 63:].mean()) < 0.5  # the last pass: sums below, differences above


def test_a_constant_at_the_limit_comes_out_whole() -> None:
    values = np.full(128, 8191 - 8191j)
    found = complex_of(transformed(values))
    assert found[0] == pytest.approx(16382 - 16382j, abs=2)


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_the_shift_brings_quiet_frames_up(shift: int, seed: int) -> None:
    values = np.trunc(signal("noise", seed).real / 2**shift) + 1j * np.trunc(signal("noise", seed + 1).real / 2**shift)
    error = complex_of(transformed(values, shift)) - np.fft.fft(values) * 2**shift / 64
    assert np.abs(error).max() <= MOST


@given(st.integers(1, 8191))
@example(4095)
@example(4096)
def test_normalising_takes_the_largest_part_to_the_upper_half(part: int) -> None:
    changes = (part ^ part << 1) & 0x3FFE
    assert 4096 <= part << front_end().lib.fft_normalising_shift(changes) < 8192


@given(KINDS, st.integers(0, 2**32 - 1))
def test_power_is_that_of_the_real_samples(kind: str, seed: int) -> None:
    front = front_end()
    values = signal(kind, seed)
    points = transformed(values)
    front.lib.fft_power(front.ffi.from_buffer("uint32_t[]", points))
    real = np.stack((values.real, values.imag), 1).ravel()
    expected = np.abs(np.fft.rfft(real)[1:128] / 64)
    assert (
        np.abs(np.sqrt(8.0 * points[1:]) - expected).max() <= 2 * MOST + 3
    )  # a bin comes of two points; 3: the root of what power / 8 loses
    assert points[1:].sum(dtype=np.uint64) * 63 < 2**32
