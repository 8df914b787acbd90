"""Who is held out when a model of a user's own recordings is tested: people where there are several, else what was recorded in
one go, else single recordings. The last two say nothing of other people, and that is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from firmware.model.data.recording import Motion, Sound
from hardware.errors import InputError

FOLDS = 8
LEAST_GROUPS = 2

Recording = Motion | Sound


@dataclass(frozen=True)
class Grouping:
    """`of[n]`: the group of each recording. `doubt`: what results cannot say, empty if people are held out."""

    unit: str
    of: tuple[str, ...]
    doubt: str

    @property
    def folds(self) -> int:
        return min(FOLDS, len(set(self.of)))


def choose(recordings: Sequence[Recording], labels: Sequence[str], label_of: Callable[[Recording], int]) -> Grouping:
    """The strictest by which each label is in two groups at least. InputError, naming the label, if not even recordings do."""
    for grouping in (_people(recordings), _sessions(recordings), _recordings(recordings)):
        if not _alone(grouping, recordings, labels, label_of):
            return grouping
    label = _alone(grouping, recordings, labels, label_of)[0]
    raise InputError(f"there is one recording of {label!r}, and none would be left to test on: record it at least once more")


def _alone(
    grouping: Grouping, recordings: Sequence[Recording], labels: Sequence[str], label_of: Callable[[Recording], int]
) -> list[str]:
    """Labels that fewer groups have than are needed."""
    found: dict[int, set[str]] = {index: set() for index in range(len(labels))}
    for recording, group in zip(recordings, grouping.of, strict=True):
        found[label_of(recording)].add(group)
    return [labels[index] for index, groups in found.items() if len(groups) < LEAST_GROUPS]


def _people(recordings: Sequence[Recording]) -> Grouping:
    return Grouping("subject", tuple(one.subject for one in recordings), "")


def _sessions(recordings: Sequence[Recording]) -> Grouping:
    """A recording without a session is one of its own."""
    of = tuple(f"{one.subject} {one.session}" if one.session else one.source for one in recordings)
    return Grouping("session", of, _DOUBT.format("recorded at another time"))


def _recordings(recordings: Sequence[Recording]) -> Grouping:
    return Grouping("recording", tuple(one.source for one in recordings), _DOUBT.format("of the same session"))


_DOUBT = (
    "not each label is of two people, so the model was tested on the same people, {}: for others it will be worse; "
    "record somebody else for each label"
)
