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


WINDOW_ROUNDING = 0.8  # of a part, half its range: test_window_and_preemphasis
POINT_ROUNDING = 8.0  # modulus, of a point of the transform: test_model_fft
WEIGHT_ROUNDING = 1 / 63  # weights have 6 bits
LOGARITHM = 1.7  # steps: rounded down, and linear between powers of two


def bounds(counts: NDArray[np.uint16]) -> tuple[Float, Float]:
    """The least and the most that the C may give for the levels of a frame, if all roundings conspire.

    A part of the window is off by a constant, which no band hears, and 0.8 at most: 256 of them, divided by 64, by 3.2 in a bin.
    A bin is (a + b)/2 + turn (a - b)/2 of two points. Of roundings of up to r in each it gets r (|cos| + |sin|), at most
    sqrt(2) r. It is rounded down in both parts, by sqrt(2) at most, and its power divided by 8 and rounded down, which for the
    amplitude is sqrt(8) at most. All but the first are behind the shift, so that 2^shift divides them.

    A band's amplitude is the root of its weighted powers. By Minkowski's inequality an error of e in each bin moves it by no more
    than e times the root of the weights' sum.
    """
    signal = parts(counts)
    amplitude = np.abs(np.fft.rfft(signal)[:128] / 64)
    shift = max(0, 12 - int(np.log2(max(np.abs(signal).max() + 1, 1))))
    behind = np.sqrt(2) * POINT_ROUNDING + np.sqrt(2) + np.sqrt(8)
    error = 256 * WINDOW_ROUNDING / 64 + behind / 2**shift
    weights = band_weights()
    heard = weights > 0
    found = []
    for sign in (-1, 1):
        moved = np.clip(weights + sign * WEIGHT_ROUNDING, 0, None) * heard
        band = np.sqrt(amplitude**2 @ moved) + sign * error * np.sqrt(moved.sum(0))
        found.append(8 * np.log2(np.maximum(np.maximum(band, 0) ** 2 / 8 * 63, 1)))
    return found[0] - LOGARITHM, found[1]
