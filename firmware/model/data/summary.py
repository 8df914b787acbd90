"""How much there is of each label in a set."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from firmware.model.data.recording import MotionSet, SoundSet


@dataclass(frozen=True)
class Share:
    """`recordings` and `subjects` that have the label at all, and for how long."""

    label: str
    recordings: int
    subjects: int
    seconds: float


def summarise(found: MotionSet | SoundSet) -> tuple[Share, ...]:
    """In the order of the set's labels."""
    pieces = list(_motion(found) if isinstance(found, MotionSet) else _sound(found))
    return tuple(_share(name, [piece for piece in pieces if piece[0] == index]) for index, name in enumerate(found.labels))


_Piece = tuple[int, str, float]  # label, subject, seconds


def _share(label: str, pieces: list[_Piece]) -> Share:
    subjects = {subject for _, subject, _ in pieces}
    return Share(label, len(pieces), len(subjects), round(sum(seconds for _, _, seconds in pieces), 3))


def _motion(found: MotionSet) -> Iterator[_Piece]:
    for recording in found.recordings:
        for label, count in zip(*np.unique(recording.label, return_counts=True), strict=True):
            yield int(label), recording.subject, count / recording.rate_hz


def _sound(found: SoundSet) -> Iterator[_Piece]:
    for recording in found.recordings:
        yield recording.label, recording.subject, recording.seconds
