"""From the trained network to its integers."""

import math

import numpy as np
from numpy.typing import NDArray

from firmware.model.network.dense import Dense
from firmware.model.network.quantised import QuantisedNetwork
from firmware.model.network.scaling import Scaling
from firmware.model.network.softmax import OCTAVE
from firmware.model.network.trained import Layer, Trained

MOST_BIAS = 2**15 - 1
FAR = 2.0**28  # a bias beyond holds its unit at a limit as this one does, and sums stay within their 30 bits


def converted(network: Trained, scaling: Scaling, classes: tuple[str, ...]) -> QuantisedNetwork:
    """After a forward pass over what the normalised layers shall take mean and deviation from."""
    layers = []
    for number, layer in enumerate(network.layers):
        assert layer.bits is not None
        weights = layer.codes.T.astype(np.int8)
        shift = layer.shift if layer.hidden else _logit_shift(layer)
        bias = _bias(layer) - (weights @ network.centres.astype(np.float64) if number == 0 else 0)
        if layer.hidden and shift > 0:
            bias = bias + 2 ** (shift - 1)  # to nearest
        stored, bias_shift = _stored(bias)
        layers.append(Dense(weights, stored, layer.bits, bias_shift, shift))
    return QuantisedNetwork(classes, scaling, tuple(layers))


def _bias(layer: Layer) -> NDArray[np.float64]:
    """In steps of the sums. A normalised layer's mean and deviation are part of it, and of the scale of its output."""
    bias = layer.bias.astype(np.float64)
    if layer.normalised:
        bias = bias / layer.inverse - layer.mean
    return bias / layer.sum_step


def _logit_shift(layer: Layer) -> int:
    """From the common step, a power of two of an octave, to 1/256 octave."""
    assert layer.steps.common is not None
    return round(-math.log2(layer.steps.common / math.log(2) * OCTAVE))


def _stored(bias: NDArray[np.float64]) -> tuple[NDArray[np.int16], int]:
    """In 16 bits, as finely as they allow."""
    bias = np.clip(bias, -FAR, FAR)
    shift = 0
    while np.abs(np.rint(bias / 2**shift)).max() > MOST_BIAS:
        shift += 1
    return np.rint(bias / 2**shift).astype(np.int16), shift
