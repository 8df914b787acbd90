"""Who is held out when: each group once, and never in training at the same time."""

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut

from firmware.model.evaluation.task import Examples
from hardware.errors import InputError


@dataclass(frozen=True)
class Fold:
    held_out: frozenset[str]

    def training(self, examples: Examples) -> Examples:
        return examples.where(~np.isin(examples.groups, sorted(self.held_out)))

    def test(self, examples: Examples) -> Examples:
        return examples.where(np.isin(examples.groups, sorted(self.held_out)))


def split(examples: Examples, count: int | None) -> tuple[Fold, ...]:
    """So many folds of about as many examples each, or one a group for None. InputError where there are not groups enough."""
    groups = len(np.unique(examples.groups))
    if groups < (count or 2):
        raise InputError(
            f"there are recordings of {groups} people, and {count or 2} are needed to test on those whom a model has not seen: "
            "record more, or ask for fewer folds"
        )
    splitter = LeaveOneGroupOut() if count is None else GroupKFold(count)
    found = splitter.split(examples.features, examples.labels, examples.groups)
    return tuple(Fold(frozenset(examples.groups[test].tolist())) for _, test in found)
