"""The features of motion on the emulated core: the same bits as on this machine, and what they cost."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.model import features_motion
from firmware.model.target import Target, flash_bytes

HOP, HOPS = 32, 8
CYCLES_LIMIT = 16_800  # a window, which is each hop: 32 samples taken in and all features
CONTEXT_CYCLES_LIMIT = 1_150
FLASH_LIMIT = 850  # bytes, with the context
FUNCTIONS = ("motion_features_restart", "motion_features_add", "motion_context_restart", "motion_context_add")

Samples = NDArray[np.int16]
RNG = np.random.default_rng(4)
SIGNALS: dict[str, Callable[[], Samples]] = {
    "noise": lambda: RNG.integers(-2048, 2048, (HOPS * HOP, 3)).astype(np.int16),
    "beyond full scale": lambda: RNG.integers(-(2**15), 2**15, (HOPS * HOP, 3)).astype(np.int16),
    "rest": lambda: np.tile(np.array([0, 0, 1024], np.int16), (HOPS * HOP, 1)),
    "alternating": lambda: np.tile(np.array([[-2048] * 3, [2047] * 3], np.int16), (HOPS * HOP // 2, 1)),
}


@pytest.fixture(scope="module")
def target() -> Target:
    return Target(features_motion.MODULES, FUNCTIONS)


@pytest.mark.parametrize("signal", SIGNALS)
def test_the_chip_computes_what_this_machine_does_within_its_cycles(target: Target, signal: str) -> None:
    samples = SIGNALS[signal]()
    expected = features_motion.windows(samples, context=True)
    ffi, _ = features_motion.library()
    window = np.zeros(ffi.sizeof("struct motion_window"), np.uint8)
    context = np.zeros(ffi.sizeof("struct motion_context"), np.uint8)
    features = np.zeros(expected.shape[1], np.int16)
    target.call("motion_features_restart", window)
    target.call("motion_context_restart", context)
    found, cycles, context_cycles, hop_cycles = [], [], [], 0
    for number, (x, y, z) in enumerate(samples.tolist(), 1):
        added = target.call("motion_features_add", window, x, y, z, features)
        hop_cycles += added.cycles
        if added.result & 0xFF:
            context_cycles.append(target.call("motion_context_add", context, features).cycles)
            found.append(features.tolist())
        if number % HOP == 0:
            cycles.append(hop_cycles)
            hop_cycles = 0
    print(f"{signal}: {max(cycles)} cycles a window, {max(context_cycles)} for its context")
    assert found == expected.tolist()
    assert CYCLES_LIMIT / 2 < max(cycles) <= CYCLES_LIMIT
    assert CONTEXT_CYCLES_LIMIT / 2 < max(context_cycles) <= CONTEXT_CYCLES_LIMIT


def test_flash_is_within_its_limit_and_there_is_no_static_ram(target: Target) -> None:
    print(f"{target.flash_bytes} bytes of flash")
    assert FLASH_LIMIT / 2 < target.flash_bytes <= FLASH_LIMIT
    assert target.static_ram_bytes == 0


def test_nothing_of_a_library_is_needed() -> None:
    """No division, no float: with libraries left out the link would fail."""
    assert (
        flash_bytes(features_motion.MODULES, FUNCTIONS, ("-nostdlib",)) == Target(features_motion.MODULES, FUNCTIONS).flash_bytes
    )
