"""What is left in the cell, and when its voltage counts as low: drivers/battery.c compiled for this machine."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cffi import FFI
from host_c import SANITIZED, compiled

from hardware.paths import ROOT

SOURCES = ROOT / "firmware" / "src"
FLAGS = [*SANITIZED, "-shared", "-fPIC", f"-I{SOURCES}"]
DECLARATIONS = "uint8_t battery_percent(uint32_t); bool battery_is_low(bool, uint32_t, uint32_t, uint32_t);"


@pytest.fixture(scope="module")
def battery() -> Any:
    ffi = FFI()
    ffi.cdef(DECLARATIONS)
    inputs = [SOURCES / "drivers" / "battery.c", Path(__file__).with_name("no_converter.c")]
    return ffi.dlopen(str(compiled("battery", FLAGS, inputs)))


@pytest.mark.parametrize(
    ("millivolts", "percent"),
    [(3600, 100), (3000, 100), (2950, 71), (2900, 42), (2740, 18), (2440, 6), (2320, 3), (2200, 0), (1800, 0), (0, 0)],
)
def test_the_share_follows_the_curve_of_the_cell(battery: Any, millivolts: int, percent: int) -> None:
    assert battery.battery_percent(millivolts) == percent


def test_it_never_rises_while_the_cell_falls(battery: Any) -> None:
    shares = [battery.battery_percent(millivolts) for millivolts in range(3700, 1700, -1)]
    assert shares == sorted(shares, reverse=True)
    assert max(before - after for before, after in pairwise(shares)) <= 1


@pytest.mark.parametrize(
    ("was_low", "millivolts", "low"),
    [(False, 2100, False), (False, 2099, True), (True, 2199, True), (True, 2200, False)],
)
def test_a_low_supply_stays_low_until_it_has_recovered(battery: Any, was_low: bool, millivolts: int, low: bool) -> None:
    assert battery.battery_is_low(was_low, millivolts, 2100, 100) is low
