"""Weights and scalings as the numbers of C tables."""

import numpy as np
from numpy.typing import NDArray

from firmware.model.network.dense import WIDTHS, Dense
from firmware.model.network.scaling import LEAST_SHIFT, Scaling

INPUTS_TOGETHER = {8: 4, 4: 8, 2: 16}  # of which one step of the C loop takes care, by bits
TAIL_CODE_BYTES = 20  # that the C code takes for an input of the tail, about
PACKED_OFFSETS = 2048  # 12 bits with sign, beside a shift of 4


def tail(layer: Dense) -> int:
    """How many inputs at the end have a table of their own, because the words that they would begin take more."""
    left_over = layer.inputs % INPUTS_TOGETHER[layer.bits]
    apart = left_over * (TAIL_CODE_BYTES + layer.units * layer.bits / 8)
    return left_over if layer.bits < 8 and apart < 4 * layer.units else 0


def words(layer: Dense) -> list[int]:
    """Codes of one unit after the other, but for the tail. Inputs that are missing in the last word have code 0.

    8 bits: bytes. 4 and 2 bits: words of 8 or 16 inputs, the lowest bits first: in the upper half those with even numbers, in
    the lower half those with odd ones.
    """
    together = INPUTS_TOGETHER[layer.bits]
    inputs = layer.inputs - tail(layer)
    codes = np.zeros((layer.units, padded(inputs, together)), np.uint32)
    codes[:, :inputs] = _codes(layer)[:, :inputs]
    if layer.bits == 8:
        return [int(code) for code in codes.ravel()]
    halves = _packed(codes.reshape(layer.units, -1, together // 2, 2).swapaxes(2, 3), layer.bits)
    return [int(word) for word in (halves[..., 0] << np.uint32(16) | halves[..., 1]).ravel()]


def tail_words(layer: Dense) -> list[list[int]]:
    """For each input of the tail the codes of all units, the lowest bits first."""
    last = _codes(layer)[:, layer.inputs - tail(layer) :].T
    per_word = 32 // layer.bits
    codes = np.zeros((len(last), padded(layer.units, per_word)), np.uint32)
    codes[:, : layer.units] = last
    return [[int(word) for word in _packed(row.reshape(-1, per_word), layer.bits)] for row in codes]


def padded(count: int, together: int) -> int:
    return -(-count // together) * together


def _codes(layer: Dense) -> NDArray[np.uint32]:
    width = WIDTHS[layer.bits]
    return ((layer.weights.astype(np.int32) - width.lowest) // width.step).astype(np.uint32)


def _packed(codes: NDArray[np.uint32], bits: int) -> NDArray[np.uint32]:
    """Those of the last axis in one number."""
    places = np.arange(codes.shape[-1], dtype=np.uint32) * np.uint32(bits)
    packed: NDArray[np.uint32] = (codes << places).sum(axis=-1, dtype=np.uint32)
    return packed


def offsets_and_shifts(scaling: Scaling) -> list[int] | None:
    """offset * 16 + left shift, or None if an offset does not fit."""
    if np.abs(scaling.offsets.astype(np.int32)).max() >= PACKED_OFFSETS:
        return None
    return [int(offset) * 16 + shift for offset, shift in zip(scaling.offsets, left_shifts(scaling), strict=True)]


def left_shifts(scaling: Scaling) -> list[int]:
    """Before the common one to the right."""
    return [int(shift) - LEAST_SHIFT for shift in scaling.shifts]


def alike(values: NDArray[np.int16] | NDArray[np.int8]) -> bool:
    return bool((values == values[0]).all())
