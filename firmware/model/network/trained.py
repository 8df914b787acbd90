"""The network while it is trained: in floating point, with the rounding of the integers in each forward pass.

Gradients pass the rounding as if it were not there (straight-through estimator, Bengio et al. 2013).
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from firmware.model.network.dense import LARGEST_LEVEL, WIDTHS
from firmware.model.network.rounding import Float, Steps, best_common_step, best_steps, codes
from firmware.model.network.scaling import ZERO, Levels

MOST_SHIFT = 24
NOT_CUT_OFF = 0.999  # share of a layer's activations that stays below the largest level
UNUSUAL = 256  # times the others' sums: of a unit with next to no weights, whose bias must not decide for the others
EPSILON = 1e-5  # of the variance in batch normalisation


@dataclass
class Layer:
    """One dense layer, and what its last forward pass leaves for the backward pass and the conversion."""

    weights: Float  # (inputs, units)
    bias: Float
    bits: int | None  # None: not rounded at all, to test gradients
    hidden: bool
    normalised: bool
    steps: Steps = field(default_factory=Steps)
    shift: int = 0

    kept: Float | None = None  # dropout's factors
    taken: Float = field(init=False)  # what came in, after dropout
    codes: Float = field(init=False)  # weights in steps
    sum_step: Float = field(init=False)  # what 1 of the integer sum stands for, for each unit
    used: Float = field(init=False)  # weights as rounded
    mean: Float = field(init=False)  # of the sums of each unit, where they are normalised
    inverse: Float = field(init=False)  # of their deviation
    normal: Float = field(init=False)  # sums, normalised if they are, without bias
    open: NDArray[np.bool_] = field(init=False)  # neither below 0 nor cut off
    level: Float = field(init=False)  # what 1 of each output stands for

    def forward(self, given: Float, level: Float) -> Float:
        """`level`: what 1 of each input stands for."""
        self.taken = given
        self._round(level)
        sums = given @ self.used
        if self.normalised:
            self.mean = sums.mean(axis=0)
            self.inverse = 1 / np.sqrt(sums.var(axis=0) + EPSILON)
            sums -= self.mean
            sums *= self.inverse
        self.normal = sums
        out: Float = sums + self.bias
        return self._activations(out) if self.hidden else out

    def _round(self, level: Float) -> None:
        if self.bits is None:
            self.used = self.weights
            self.sum_step = np.ones(len(self.bias), self.bias.dtype)
            return
        of_levels = self.weights * level[:, None]
        self.sum_step = self.steps.of(of_levels)
        self.codes = codes(of_levels, self.sum_step, WIDTHS[self.bits])
        self.used = self.codes * self.sum_step
        self.used /= level[:, None]

    def _activations(self, out: Float) -> Float:
        self.level = self.sum_step * np.asarray(2.0**self.shift, out.dtype)
        if self.normalised:
            self.level = self.level * self.inverse
        if self.bits is None:
            self.open = out > 0
            return np.maximum(out, 0, out=out)
        out /= self.level
        self.open = (out > 0) & (out < LARGEST_LEVEL + 0.5)
        np.rint(out, out=out)
        np.clip(out, 0, LARGEST_LEVEL, out=out)
        out *= self.level
        return out

    def backward(self, gradient: Float, of_weights: Float, of_bias: Float) -> Float:
        """From the gradient of what forward gave: writes those of the parameters, returns that of the sums."""
        if self.hidden:
            gradient = gradient * self.open
        gradient.sum(axis=0, out=of_bias)
        if self.normalised:
            along = np.einsum("nu,nu->u", gradient, self.normal) / len(gradient)
            gradient = (gradient - of_bias / len(gradient) - self.normal * along) * self.inverse
        np.matmul(self.taken.T, gradient, out=of_weights)
        return gradient

    def settle(self, given: Float, level: Float) -> None:
        """Choose the steps of the weights, and the shift of the sums from what these examples give."""
        if self.bits is None:
            return
        of_levels = self.weights * level[:, None]
        self.steps = (best_steps if self.hidden else best_common_step)(of_levels, WIDTHS[self.bits])
        if self.hidden:
            self._round(level)
            sums = given @ self.used
            deviation = np.sqrt(sums.var(axis=0) + EPSILON) if self.normalised else 1
            mean = sums.mean(axis=0) if self.normalised else 0
            most = ((sums - mean) / deviation + self.bias) * (deviation / self.sum_step)
            of_units = most.max(axis=0)
            usual = of_units <= UNUSUAL * max(np.median(of_units), LARGEST_LEVEL)
            largest = float(np.quantile(most[:, usual], NOT_CUT_OFF)) / LARGEST_LEVEL
            self.shift = int(np.clip(np.ceil(np.log2(max(largest, 1))), 0, MOST_SHIFT))


class Trained:
    """All parameters stand in one array, so that the optimiser takes one step for all."""

    def __init__(
        self,
        sizes: tuple[int, ...],
        bits: tuple[int | None, ...],
        normalised: bool,
        input_level: float,
        rng: np.random.Generator,
        dtype: type[np.floating] = np.float32,
    ) -> None:
        """sizes: features, hidden units, classes."""
        shapes = list(pairwise(sizes))
        self.parameters = np.empty(sum(inputs * units + units for inputs, units in shapes), dtype)
        self.gradient = np.zeros_like(self.parameters)
        self.is_weight = np.zeros_like(self.parameters)
        self.centres = np.full(sizes[0], ZERO, dtype)  # levels that are 0 to the training: dropout puts them
        self._levels = np.full(sizes[0], input_level, dtype)  # of each input
        self.layers: list[Layer] = []
        self._gradients: list[tuple[Float, Float]] = []
        at = 0
        for number, (inputs, units) in enumerate(shapes):
            weights, bias = slice(at, at + inputs * units), slice(at + inputs * units, at + inputs * units + units)
            at = bias.stop
            limit = 1 / np.sqrt(inputs)  # as PyTorch's linear layers begin
            self.parameters[weights.start : bias.stop] = rng.uniform(-limit, limit, bias.stop - weights.start)
            self.is_weight[weights] = 1
            hidden = number < len(shapes) - 1
            self.layers.append(
                Layer(
                    self.parameters[weights].reshape(inputs, units),
                    self.parameters[bias],
                    bits[number],
                    hidden,
                    normalised and hidden,
                )
            )
            self._gradients.append((self.gradient[weights].reshape(inputs, units), self.gradient[bias]))

    def taken_in(self, levels: Levels) -> Float:
        """(n, features) as the first layer has them."""
        given: Float = np.subtract(levels, self.centres)
        given *= self._levels
        return given

    def settle(self, given: Float) -> None:
        level = self._levels
        for layer in self.layers:
            layer.settle(given, level)
            given = layer.forward(given, level)
            level = layer.level if layer.hidden else level

    def forward(self, given: Float, dropout: tuple[Float | None, ...] = ()) -> Float:
        """Logits in nats. `dropout`: factors on what each layer takes in; changes `given`."""
        level = self._levels
        for number, layer in enumerate(self.layers):
            layer.kept = dropout[number] if dropout else None
            if layer.kept is not None:
                given *= layer.kept
            given = layer.forward(given, level)
            level = layer.level if layer.hidden else level
        return given

    def backward(self, gradient: Float) -> None:
        """Fills in self.gradient from that of the logits."""
        for number in reversed(range(len(self.layers))):
            layer = self.layers[number]
            gradient = layer.backward(gradient, *self._gradients[number])
            if number > 0:
                gradient = gradient @ layer.used.T
                if layer.kept is not None:
                    gradient *= layer.kept
