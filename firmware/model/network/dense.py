"""A layer: sums of weights times levels, in integers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.model.network.scaling import Levels

LARGEST_LEVEL = 255
LARGEST_SUM = 2**30  # so that 32 bits hold the difference of two

Sums = NDArray[np.int32]


@dataclass(frozen=True)
class Width:
    """weight = step * code + lowest, where a code has this many bits and no sign."""

    bits: int
    step: int
    lowest: int

    @property
    def values(self) -> NDArray[np.int8]:
        return (self.step * np.arange(2**self.bits) + self.lowest).astype(np.int8)


# Two bits have no zero: -3, -1, 1 and 3 are evenly spaced and even about it, and use all four codes.
WIDTHS = {width.bits: width for width in (Width(8, 1, -128), Width(4, 1, -8), Width(2, 2, -3))}


@dataclass(frozen=True, eq=False)
class Dense:
    """sum = (weights @ levels + bias * 2^bias_shift) / 2^shift, rounded down. `weights`: (units, inputs).

    Half of 2^shift belongs into the bias if the sum is to be rounded to nearest. A negative shift multiplies.
    """

    weights: NDArray[np.int8]
    bias: NDArray[np.int16]
    bits: int
    bias_shift: int
    shift: int

    def __post_init__(self) -> None:
        """Raises ValueError for what the C code cannot do, an overflow of 32 bits above all."""
        if self.weights.dtype != np.int8 or self.bias.dtype != np.int16 or self.bias.shape != self.weights.shape[:1]:
            raise ValueError("weights must be int8 (units, inputs), and the bias int16 (units)")
        if self.bits not in WIDTHS:
            raise ValueError(f"weights of {self.bits} bits are not among {', '.join(map(str, WIDTHS))}")
        if not np.isin(self.weights, WIDTHS[self.bits].values).all():
            raise ValueError(f"a weight has more than {self.bits} bits")
        if not 0 <= self.bias_shift <= 15 or not -15 <= self.shift <= 31:
            raise ValueError(f"shifts of {self.bias_shift} and {self.shift} are beyond 0 to 15 and -15 to 31")
        if self._largest() > LARGEST_SUM:
            raise ValueError("a sum could exceed 30 bits: use fewer inputs, or weights of fewer bits")

    @property
    def units(self) -> int:
        return len(self.weights)

    @property
    def inputs(self) -> int:
        return int(self.weights.shape[1])

    def sums(self, levels: Levels) -> Sums:
        """(n, units) of (n, inputs)."""
        # Exact in float64, whose matrix product is many times faster than that of integers: all is below 2^31
        products = levels.astype(np.float64) @ self.weights.T.astype(np.float64)
        total = products.astype(np.int64) + (self.bias.astype(np.int64) << self.bias_shift)
        shifted = total >> self.shift if self.shift >= 0 else total << -self.shift
        return shifted.astype(np.int32)

    def activations(self, levels: Levels) -> Levels:
        """The same, cut off at 0 and 255: what a hidden layer gives to the next."""
        cut: Levels = np.clip(self.sums(levels), 0, LARGEST_LEVEL).astype(np.uint8)
        return cut

    def _largest(self) -> int:
        """What no sum exceeds in magnitude, nor what it is made of: codes have no sign, and what they lack comes off after."""
        width = WIDTHS[self.bits]
        codes = self.inputs * ((1 << self.bits) - 1) * LARGEST_LEVEL * width.step
        lowest = self.inputs * LARGEST_LEVEL * -width.lowest
        bias = int(np.abs(self.bias.astype(np.int64)).max())
        largest = codes + lowest + (bias << self.bias_shift)
        return largest << max(0, -self.shift)
