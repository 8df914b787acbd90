"""What the models see of many words at once: firmware/src/model/sound_map.c in NumPy, with room for changes between its steps.

Without changes, it gives the C's integers.
"""

import numpy as np
from numpy.typing import NDArray

from firmware.model.classifier import Features
from firmware.model.features_sound import BANDS, STEPS, Levels
from firmware.model.sound.clips import Words

POINTS = 2 * STEPS
PART = 2 * POINTS  # of a frame
ONE_SHIFT = 6
ONE = 2 * PART  # of a level, while it is a sum of parts
RANGE = 128  # levels
LENGTH_ONE = 16  # of an octave

Float = NDArray[np.float64]
Cells = NDArray[np.int32]

WAY = (np.arange(POINTS) + 0.5) / POINTS  # from a word's begin to its end


def features(levels: Levels, words: Words) -> Features:
    """(n, 97)"""
    cells = point_sums(levels, words, words.first.astype(float), words.end.astype(float), WAY)
    return joined(centred(cells), lengths((words.end - words.first).astype(float)))


def point_sums(levels: Levels, words: Words, first: Float, end: Float, way: Float) -> Cells:
    """(n, 8, 12) in 1/64. `first` and `end` in place of the words' own. `way`: (16,) or (n, 16)."""
    at = PART * (first[:, None] + way * (end - first)[:, None]) - PART / 2
    place = np.clip(np.floor(at + 0.5).astype(np.int32), 0, PART * (words.frames[:, None] - 1)).astype(np.int32)
    frame = words.start[:, None] + place // PART
    part = (place % PART).astype(np.int16)[:, :, None]
    before = levels[frame].astype(np.int16)
    after = levels[np.minimum(frame + 1, len(levels) - 1)].astype(np.int16)  # weighs nothing where there is none
    points = before * (PART - part) + after * part
    sums: Cells = points[:, 0::2].astype(np.int32) + points[:, 1::2]
    return sums


def centred(cells: Cells) -> Cells:
    """(n, 8, 12) in levels."""
    cut = np.maximum(cells, cells.max((1, 2), keepdims=True) - RANGE * ONE)
    mean = cut.sum((1, 2), keepdims=True) // (STEPS * BANDS)
    levels: Cells = (cut - mean + ONE // 2) >> ONE_SHIFT
    return levels


def lengths(frames: Float) -> NDArray[np.int32]:
    """log2(frames / 16) in 1/16, linear between powers of two."""
    fraction, exponent = np.frexp(frames)
    octaves = exponent - 1 + 2 * fraction - 1
    found: NDArray[np.int32] = np.floor(LENGTH_ONE * octaves).astype(np.int32) - 4 * LENGTH_ONE
    return found


def joined(cells: Cells, length: NDArray[np.int32]) -> Features:
    return np.column_stack((cells.reshape(len(cells), STEPS * BANDS), length)).astype(np.int16)
