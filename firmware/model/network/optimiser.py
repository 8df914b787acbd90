"""AdamW (Loshchilov and Hutter 2019) over all parameters at once, with a one-cycle schedule (Smith and Topin 2018)."""

import math

import numpy as np
from numpy.typing import NDArray

START, END = 25, 250_000  # the highest learning rate is so many times the first and the last one
MOMENTUM_MOST, MOMENTUM_LEAST = 0.95, 0.85
SECOND_MOMENT = 0.999
EPSILON = 1e-8


def one_cycle(progress: float, rise: float, highest: float) -> tuple[float, float]:
    """(learning rate, momentum) when this share of all steps is done."""
    if progress < rise:
        return _between(highest / START, highest, progress / rise), _between(MOMENTUM_MOST, MOMENTUM_LEAST, progress / rise)
    fall = (progress - rise) / (1 - rise)
    return _between(highest, highest / END, fall), _between(MOMENTUM_LEAST, MOMENTUM_MOST, fall)


def _between(start: float, end: float, part: float) -> float:
    """Along half a cosine."""
    return end + (start - end) * (1 + math.cos(math.pi * part)) / 2


class AdamW:
    """Changes `parameters` in place."""

    def __init__(self, parameters: NDArray[np.floating], decay: NDArray[np.floating]) -> None:
        """`decay`: the weight decay of each parameter."""
        self._parameters = parameters
        self._decay = decay
        self._first = np.zeros_like(parameters)
        self._second = np.zeros_like(parameters)
        self._change = np.empty_like(parameters)
        self._scratch = np.empty_like(parameters)
        self._unseen_first = self._unseen_second = 1.0  # what the moments still lack, from their start at 0

    def step(self, gradient: NDArray[np.floating], learning_rate: float, momentum: float) -> None:
        change, scratch = self._change, self._scratch
        self._unseen_first *= momentum
        self._unseen_second *= SECOND_MOMENT
        self._first *= momentum
        self._first += np.multiply(gradient, 1 - momentum, out=scratch)
        self._second *= SECOND_MOMENT
        np.multiply(gradient, gradient, out=scratch)
        scratch *= 1 - SECOND_MOMENT
        self._second += scratch
        np.multiply(self._second, 1 / (1 - self._unseen_second), out=scratch)
        np.sqrt(scratch, out=scratch)
        scratch += EPSILON
        np.divide(self._first, scratch, out=change)
        change *= learning_rate / (1 - self._unseen_first)
        np.multiply(self._decay, learning_rate, out=scratch)
        scratch *= self._parameters
        self._parameters -= scratch
        self._parameters -= change
