"""Networks of random numbers, as far as they may go, and their C on this machine."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.model import native
from firmware.model.network.dense import WIDTHS, Dense
from firmware.model.network.quantised import QuantisedNetwork
from firmware.model.network.scaling import LEAST_SHIFT, MOST_SHIFT, Scaling


def layer(rng: np.random.Generator, inputs: int, units: int, bits: int, shift: int, extreme: bool = False) -> Dense:
    """`extreme`: all weights at a limit, all of a unit at the same one."""
    values = WIDTHS[bits].values
    weights = rng.choice(values, (units, inputs))
    if extreme:
        weights = np.repeat(rng.choice(values[[0, -1]], (units, 1)), inputs, axis=1)
    bias = rng.choice(np.array([-(2**15), 2**15 - 1], np.int16), units) if extreme else rng.integers(-500, 500, units, np.int16)
    return Dense(weights, bias, bits, 3, shift)


def network(
    seed: int,
    sizes: tuple[int, ...],
    bits: tuple[int, ...],
    runs: tuple[int, ...] = (),
    offset: int = 2047,
    extreme: bool = False,
    last_shift: int | None = None,
) -> QuantisedNetwork:
    """sizes: features, hidden, classes. Shifts are such that some levels are cut off, and some are not, if not said."""
    rng = np.random.default_rng(seed)
    runs = runs or sizes[:1]
    offsets = rng.integers(-offset, offset + 1, max(runs), np.int16)
    shifts = rng.integers(LEAST_SHIFT, MOST_SHIFT + 1, max(runs)).astype(np.int8)
    spread = [max(0, int(np.log2(inputs**0.5 * 128 * 2**width / 256))) for inputs, width in zip(sizes, bits, strict=False)]
    if last_shift is not None:
        spread[-1] = last_shift
    layers = tuple(
        layer(rng, inputs, units, width, spread[index], extreme)
        for index, (inputs, units, width) in enumerate(zip(sizes[:-1], sizes[1:], bits, strict=True))
    )
    classes = tuple(f"class {number}" for number in range(sizes[-1]))
    return QuantisedNetwork(classes, Scaling(offsets, shifts, runs), layers)


def features(model: QuantisedNetwork, seed: int, count: int) -> NDArray[np.int16]:
    """About the offsets, so that levels differ; a third anywhere; the first rows at the limits."""
    rng = np.random.default_rng(seed)
    offsets = np.concatenate([model.scaling.offsets[:length] for length in model.scaling.runs])
    shifts = np.concatenate([model.scaling.shifts[:length] for length in model.scaling.runs])
    near = offsets + rng.normal(0, 80, (count, model.features)) / 2.0**shifts
    anywhere = rng.integers(-(2**15), 2**15, (count, model.features))
    found = np.where(np.arange(count)[:, None] % 3 == 0, anywhere, np.clip(near, -(2**15), 2**15 - 1)).astype(np.int16)
    found[:2] = np.array([[-(2**15)], [2**15 - 1]])
    return found


class Host:
    """The C of a network, compiled for this machine."""

    def __init__(self, model: QuantisedNetwork, folder: Path, options: tuple[str, ...], name: str = "net") -> None:
        model.save(folder / name, name)
        self.ffi, self.lib = native.load(name, (str(folder / name),), options)
        self.name = name

    def __getattr__(self, what: str) -> Any:
        return getattr(self.lib, f"{self.name}_{what}")

    def predict_proba(self, rows: NDArray[np.int16]) -> tuple[NDArray[np.uint16], list[int], list[int]]:
        """Probabilities, and the classes by both functions."""
        out = np.zeros((len(rows), self.CLASSES), np.uint16)
        by_proba, by_predict = [], []
        for row, given in zip(np.ascontiguousarray(rows), out, strict=True):
            of = self.ffi.from_buffer("int16_t[]", row)
            by_proba.append(self.lib_proba(of, len(row), self.ffi.from_buffer("uint16_t[]", given), len(given)))
            by_predict.append(getattr(self.lib, f"{self.name}_predict")(of, len(row)))
        return out, by_proba, by_predict

    def lib_proba(self, *arguments: Any) -> int:
        return int(getattr(self.lib, f"{self.name}_predict_proba")(*arguments))
