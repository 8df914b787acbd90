"""Weights as the chip will have them, while they are trained.

A unit's sum is cut off below 0 and passed on, so that its scale can move into the weights of the next layer: each hidden unit
has a step of its own, of any size, without a byte for it. Logits must be comparable, and count in 1/256 octave: their common
step is a power of two of that.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.model.network.dense import Width

Float = NDArray[np.floating]
MOST_STEPS = {8: 127.0, 4: 7.0, 2: 3.0}  # even about 0, in units of the step
# Of the largest weight, what the largest code may stand for: what is beyond is cut off, so that the others are finer
CUT_OFF = {8: (1.0,), 4: tuple(np.linspace(0.4, 1.0, 13)), 2: tuple(np.linspace(0.2, 1.0, 17))}
LOGIT_EXPONENTS = range(0, 24)


@dataclass(frozen=True)
class Steps:
    """`ratio`: each unit's step to the root mean square of its weights. Of logits: all units' step is `common`."""

    ratio: Float | None = None
    common: float | None = None

    def of(self, weights: Float) -> Float:
        """(units,) of (inputs, units)."""
        if self.common is not None:
            return np.full(weights.shape[1], self.common, weights.dtype)
        assert self.ratio is not None
        return self.ratio * _size(weights)


def codes(weights: Float, steps: Float, width: Width) -> Float:
    """The whole numbers that, times the steps, are nearest to the weights (inputs, units)."""
    most = MOST_STEPS[width.bits]
    scaled = weights / steps
    if width.step == 1:
        return np.clip(np.rint(scaled, out=scaled), -most, most, out=scaled)
    scaled /= width.step
    np.floor(scaled, out=scaled)
    scaled *= width.step
    scaled += width.step / 2
    return np.clip(scaled, -most, most, out=scaled)


def best_steps(weights: Float, width: Width) -> Steps:
    """For hidden units: with the least square error, each."""
    largest = np.abs(weights).max(axis=0) + np.finfo(weights.dtype).tiny
    candidates = [largest * (share / MOST_STEPS[width.bits]) for share in CUT_OFF[width.bits]]
    errors = np.stack([_error(weights, steps, width) for steps in candidates])
    best = np.stack(candidates)[errors.argmin(axis=0), np.arange(weights.shape[1])]
    return Steps(ratio=best / _size(weights))


def best_common_step(weights: Float, width: Width) -> Steps:
    """For logits in nats: with the least square error in all."""
    candidates = [math.log(2) / 2**exponent for exponent in LOGIT_EXPONENTS]
    errors = [_error(weights, np.full(weights.shape[1], step, weights.dtype), width).sum() for step in candidates]
    return Steps(common=candidates[int(np.argmin(errors))])


def _error(weights: Float, steps: Float, width: Width) -> Float:
    lost: Float = np.square(codes(weights, steps, width) * steps - weights).sum(axis=0)
    return lost


def _size(weights: Float) -> Float:
    size: Float = np.sqrt(np.einsum("iu,iu->u", weights, weights) / len(weights)) + np.finfo(weights.dtype).tiny
    return size
