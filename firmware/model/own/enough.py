"""Whether a user's recordings suffice to train on, and to test."""

from collections.abc import Sequence

import numpy as np

from firmware.model.evaluation.task import Examples
from hardware.errors import InputError

LEAST = {"motion": 20, "sound": 8}  # a label: windows (14 s), words. The bars below which figures mean nothing (?)
GOOD = {"motion": 150, "sound": 50}  # as many as the rarer labels of the public sets have in a third of their subjects (?)
UNIT = {"motion": "windows of 1.28 s", "sound": "words"}
MOST_CLASSES = 31  # as many as can be switched off one by one on the chip


def check_labels(classes: Sequence[str]) -> None:
    """Before examples are made, which takes time. InputError for one label, or too many."""
    if len(classes) < 2:
        raise InputError(
            f"all recordings are of {classes[0]!r}, and a model tells labels apart: record a second one, such as none of it"
        )
    if len(classes) > MOST_CLASSES:
        raise InputError(f"there are {len(classes)} labels, and the chip takes {MOST_CLASSES}: join some")


def check(task: str, examples: Examples, classes: Sequence[str]) -> tuple[str, ...]:
    """What there is little of, a sentence each. InputError if it is too little to train on."""
    counts = dict(zip(classes, np.bincount(examples.labels, minlength=len(classes)).tolist(), strict=True))
    rarest = min(counts, key=lambda label: (counts[label], label))
    if counts[rarest] < LEAST[task]:
        raise InputError(
            f"there are {counts[rarest]} {UNIT[task]} of {rarest!r}, and {LEAST[task]} are the least to train on: record more"
        )
    return tuple(
        f"there are {count} {UNIT[task]} of {label!r}; with less than {GOOD[task]} a model knows little of it: record more"
        for label, count in counts.items()
        if count < GOOD[task]
    )
