"""Words changed anew in each epoch: where the endpoints fall, how fast its parts are spoken, which bands the room and the
microphone favour. Noise, gain and pitch are in the conditions that the clips were heard under.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.model.classifier import Features
from firmware.model.features_sound import BANDS
from firmware.model.sound import word_maps
from firmware.model.sound.clips import Clips, Words

LEAST_FRAMES = 3  # that endpoints are apart

Float = NDArray[np.float64]


@dataclass(frozen=True)
class Changes:
    """None by default. Uniform ones go from -x to x.

    `endpoints`: frames, uniform. `tempo`: largest change of speed within the word, about; uniform. `tilt`: levels, standard
    deviation of each of three smooth curves over the bands. `noise`: levels, standard deviation. `length`: 1/16 octave, standard
    deviation.
    """

    endpoints: float = 0
    tempo: float = 0
    tilt: float = 0
    noise: float = 0
    length: float = 0


def changed(clips: Clips, condition: NDArray[np.intp], changes: Changes, rng: np.random.Generator) -> Features:
    """(clips, 97), each under its condition."""
    words = clips.under(condition)
    first, end = _moved(words, changes.endpoints, rng)
    way = _warped(len(clips), changes.tempo, rng)
    cells = word_maps.point_sums(clips.levels, words, first, end, way)
    if changes.tilt:
        cells += _rounded(word_maps.ONE * changes.tilt * _curves(len(clips), rng))[:, None]
    cells = word_maps.centred(cells)
    if changes.noise:
        cells += _rounded(changes.noise * rng.standard_normal(cells.shape, np.float32))
    length = word_maps.lengths(end - first)
    if changes.length:
        length += _rounded(changes.length * rng.standard_normal(len(clips)))
    return word_maps.joined(cells, length)


def _moved(words: Words, by: float, rng: np.random.Generator) -> tuple[Float, Float]:
    first, end = words.first.astype(float), words.end.astype(float)
    if by:
        first += rng.uniform(-by, by, len(first))
        end = np.maximum(end + rng.uniform(-by, by, len(end)), first + LEAST_FRAMES)
    return first, end


def _warped(count: int, by: float, rng: np.random.Generator) -> Float:
    """From begin to end as before, but quicker in one half and slower in the other, and in the middle against both ends."""
    way = np.broadcast_to(word_maps.WAY, (count, len(word_maps.WAY)))
    if not by:
        return way
    halves, middle = rng.uniform(-by, by, (2, count, 1))
    warped: Float = way + halves * 2 * way * (1 - way) + middle * np.sin(2 * np.pi * way) / 6
    return warped


def _curves(count: int, rng: np.random.Generator) -> Float:
    band = np.linspace(-1, 1, BANDS)
    shapes = np.stack((band, band**2 - 1 / 3, np.sin(1.5 * np.pi * band)))
    curves: Float = rng.standard_normal((count, len(shapes))) @ shapes
    return curves


def _rounded(values: NDArray[np.floating]) -> NDArray[np.int32]:
    whole: NDArray[np.int32] = np.rint(values).astype(np.int32)
    return whole
