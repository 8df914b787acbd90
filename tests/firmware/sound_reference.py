"""The sound front end in floating point, and the C one with the sanitizer."""

import functools

import numpy as np
from host_c import SANITIZED
from numpy.typing import NDArray

from firmware.model import sound_tables
from firmware.model.features_sound import SoundFeatures

HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(256) / 256)
Float = NDArray[np.float64]


@functools.cache
def front_end() -> SoundFeatures:
    return SoundFeatures(tuple(SANITIZED))


def bit_reversed() -> list[int]:
    return [int(f"{n:07b}"[::-1], 2) for n in range(128)]


def complex_of(points: NDArray[np.uint32]) -> NDArray[np.complex128]:
    """From the C code's points: im * 65536 + re."""
    re = points.astype(np.uint16).view(np.int16).astype(np.int64)
    return re + 1j * ((points.view(np.int32).astype(np.int64) - re) >> 16)


def points_of(values: NDArray[np.complex128]) -> NDArray[np.uint32]:
    return ((values.imag.astype(np.int64) << 16) + values.real.astype(np.int64)).astype(np.uint32)


def parts(counts: NDArray[np.uint16]) -> Float:
    """What hann_window makes of a frame, before it rounds."""
    samples = counts.astype(np.int64)
    before = np.concatenate(([samples[0]], samples[:-1]))
    return 2 * HANN * (samples - before)


def band_weights() -> Float:
    """(bins 0..127, bands)"""
    edges = np.array(sound_tables.band_edges())
    bins = np.arange(128)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.clip(np.minimum(rising, falling), 0, None)


def levels(counts: NDArray[np.uint16]) -> Float:
    """Of one frame, in 1/8 octave."""
    power = np.abs(np.fft.rfft(parts(counts))[:128] / 64) ** 2 / 8 * 63
    return 8 * np.log2(np.maximum(power @ band_weights(), 1))
