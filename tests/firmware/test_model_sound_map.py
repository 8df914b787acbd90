"""Frame ring, endpoints and the map that the model sees, against NumPy."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sound_reference import front_end

from firmware.model.features_sound import SoundFeatures, converter_counts


def frames(count: int, seed: int) -> np.ndarray:
    """A word that rises out of noise."""
    rng = np.random.default_rng(seed)
    hump = np.hanning(count + 2)[1:-1, None] ** 0.5
    return (rng.integers(10, 40, (count, 12)) + hump * rng.integers(0, 210, 12)).astype(np.uint8)


def map_of(levels: np.ndarray, first: int, end: int) -> np.ndarray:
    at = first + (np.arange(16) + 0.5) / 16 * (end - first) - 0.5
    at = np.clip(at, 0, len(levels) - 1)
    points = np.stack([np.interp(at, np.arange(len(levels)), levels[:, band].astype(float)) for band in range(12)], 1)
    rows = points.reshape(8, 2, 12).mean(1)
    rows = np.maximum(rows, rows.max() - 128)
    return np.floor(rows - np.floor(rows.mean() * 64) / 64 + 0.5)


@given(st.integers(1, 64), st.integers(0, 2**32 - 1))
@example(1, 0)
@example(64, 0)
def test_map_and_endpoints_are_numpys(count: int, seed: int) -> None:
    levels = frames(count, seed)
    front = front_end()
    sums = levels.sum(1, dtype=int)
    inside = np.flatnonzero(sums >= sums.max() - 88 * 12)
    first, end = int(inside[0]), int(inside[-1]) + 1
    assert front.endpoints(levels) == (first, end)
    found = front.word(levels)
    assert (found[:96].reshape(8, 12) == map_of(levels, first, end)).all()
    assert found[96] == pytest.approx(16 * np.log2((end - first) / 16), abs=2.4)


@given(st.lists(st.integers(0, 255), min_size=12 * 5, max_size=12 * 5))
@example([0] * 59 + [255])
@example([255] * 59 + [0])
def test_any_levels_are_cut_and_centred_alike(values: list[int]) -> None:
    levels = np.array(values, np.uint8).reshape(5, 12)
    first, end = front_end().endpoints(levels)
    assert (front_end().word(levels)[:96].reshape(8, 12) == map_of(levels, first, end)).all()


@pytest.mark.parametrize(
    ("noise", "expected"),
    [
        (0, (2, 9)),  # 88 below the peak
        (100, (2, 9)),  # the noise is lower than that
        (121, (3, 8)),  # 12 above the noise
        (199, (4, 6)),  # but 16 below the peak at most
        (65535, (4, 6)),
    ],
)
def test_noise_raises_the_threshold(noise: int, expected: tuple[int, int]) -> None:
    means = [20, 111, 112, 133, 184, 200, 183, 133, 112, 111, 20]
    levels = np.repeat(np.array(means, np.uint8)[:, None], 12, 1)
    assert front_end().endpoints(levels, noise * 12) == expected


def test_the_ring_keeps_the_last_frames() -> None:
    front = front_end()
    levels = np.arange(100, dtype=np.uint8)[:, None] + np.zeros(12, np.uint8)
    ring = front._filled(levels)
    kept = [front.lib.frame_ring_at(ring, frame)[11] for frame in range(ring.count)]
    assert kept == list(range(36, 100))


def test_an_empty_ring_has_no_word() -> None:
    assert front_end().endpoints(np.zeros((0, 12), np.uint8)) == (0, 0)


def test_a_clip_becomes_a_map() -> None:
    rng = np.random.default_rng(5)
    silence = rng.normal(0, 20, 4000)
    word = np.sin(2 * np.pi * 700 * np.arange(4096) / 8000) * 9000
    clip = np.concatenate((silence, word + rng.normal(0, 20, 4096), silence)).astype(np.int16)
    for front in (front_end(), SoundFeatures()):  # of whatever build
        found = front.clip(clip)
        assert found.shape == (97,)
        assert found[:96].reshape(8, 12).mean(0).argmax() == np.argmax(front.levels(converter_counts(clip))[40])
        assert found[96] == pytest.approx(16 * np.log2(32 / 16), abs=3)


def test_a_clip_shorter_than_a_frame_is_one_frame() -> None:
    found = front_end().clip(np.full(100, 1000, np.int16))
    assert found[96] == -64
