"""Which folds each training of the inner folds leaves out."""

from dataclasses import dataclass

from hardware.errors import InputError

LEAST_FOLDS = 3  # one outside, one inside, one to train on


@dataclass(frozen=True)
class Plan:
    """`inner`: folds that score a candidate inside each outer one, an even number; the others train only."""

    inner: int
    seeds: tuple[int, ...]

    def pairs(self, folds: int) -> tuple[tuple[int, int], ...]:
        """Each pair of folds that a model leaves out together: for either one as the outer fold, the other one is an inner fold.

        So one training serves two outer folds, and has seen neither. Each fold is in `inner` pairs, or in one with each other
        fold if that are fewer. InputError for folds that are too few to hold out twice.
        """
        if folds < LEAST_FOLDS:
            raise InputError(f"there are {folds} folds, and a choice inside them needs {LEAST_FOLDS}: record more people")
        distances = range(1, min(self.inner // 2, folds // 2) + 1)
        return tuple(sorted({_ordered(first, (first + distance) % folds) for distance in distances for first in range(folds)}))


def _ordered(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)
