"""Recordings edited so that they no longer follow the script that all of spsw_har's follow: sit, stand up, walk, turn, walk back,
turn, sit down. A model that has learnt the script instead of the motion loses on them."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from firmware.model.motion.stream import Stream

LONG_WALK = 75  # samples, 1.5 s: of shorter ones a repetition would be mostly seam


def doubled(stream: Stream, walking: int) -> Stream:
    """Each long walk twice: nobody in training walks for as long."""
    pieces = []
    for first, end in runs(stream.label):
        again = stream.label[first] == walking and end - first >= LONG_WALK
        pieces += [(first, end)] * (2 if again else 1)
    return _spliced(stream, pieces)


def without(stream: Stream, labels: tuple[int, ...]) -> Stream:
    """Nothing of these labels: sitting down follows at once on standing up."""
    return _spliced(stream, [(first, end) for first, end in runs(stream.label) if stream.label[first] not in labels])


def runs(label: NDArray[np.intp]) -> list[tuple[int, int]]:
    """First sample and the one behind the last of each stretch of one label."""
    changes = np.flatnonzero(np.diff(label)) + 1
    bounds = [0, *changes.tolist(), len(label)]
    return list(pairwise(bounds))


def _spliced(stream: Stream, pieces: list[tuple[int, int]]) -> Stream:
    """The pieces one after the other. A seam is where one does not go on where the one before ends."""
    if not pieces:
        return replace(stream, counts=stream.counts[:0], label=stream.label[:0])
    kept = np.concatenate([np.arange(first, end) for first, end in pieces])
    return replace(stream, counts=stream.counts[kept], label=stream.label[kept], seams=np.flatnonzero(np.diff(kept) != 1) + 1)
