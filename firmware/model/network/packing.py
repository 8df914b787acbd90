"""Weights and scalings as the numbers of C tables."""

import numpy as np
from numpy.typing import NDArray

from firmware.model.network.dense import WIDTHS, Dense
from firmware.model.network.scaling import LEAST_SHIFT, Scaling

INPUTS_TOGETHER = {8: 4, 4: 4, 2: 8}  # of which one step of the C loop takes care, by bits
PACKED_OFFSETS = 2048  # 12 bits with sign, beside a shift of 4


def padded(count: int, together: int) -> int:
    return -(-count // together) * together


def words(layer: Dense) -> list[int]:
    """Codes of two units at a time. Missing inputs and units have code 0: no product, and no sum above 0.

    8 bits: bytes, first and second unit of one input after the other. 4 and 2 bits: words of 4 or 8 inputs, lowest bits first,
    the first unit in the lower half.
    """
    width = WIDTHS[layer.bits]
    together = INPUTS_TOGETHER[layer.bits]
    codes = np.zeros((padded(layer.units, 2), padded(layer.inputs, together)), np.uint32)
    codes[: layer.units, : layer.inputs] = (layer.weights.astype(np.int32) - width.lowest) // width.step
    pairs = codes.reshape(len(codes) // 2, 2, -1)
    if layer.bits == 8:
        return [int(code) for code in pairs.transpose(0, 2, 1).ravel()]
    places = np.arange(together, dtype=np.uint32) * np.uint32(layer.bits)
    halves = (pairs.reshape(len(pairs), 2, -1, together) << places).sum(axis=-1, dtype=np.uint32)
    return [int(word) for word in (halves[:, 0] | halves[:, 1] << np.uint32(16)).ravel()]


def offsets_and_shifts(scaling: Scaling) -> list[int] | None:
    """offset * 16 + left shift (right_shift after), or None if an offset does not fit."""
    if np.abs(scaling.offsets.astype(np.int32)).max() >= PACKED_OFFSETS:
        return None
    return [int(offset) * 16 + shift for offset, shift in zip(scaling.offsets, left_shifts(scaling), strict=True)]


def left_shifts(scaling: Scaling) -> list[int]:
    return [int(shift) - LEAST_SHIFT for shift in scaling.shifts]


def alike(values: NDArray[np.int16] | NDArray[np.int8]) -> bool:
    return bool((values == values[0]).all())
