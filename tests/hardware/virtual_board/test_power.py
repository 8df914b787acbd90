"""Charge by cause, against sums done by hand."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.virtual_board.power import PowerMeter, days
from hardware.virtual_board.ticks import from_seconds


def test_each_cause_is_averaged_over_the_whole_time() -> None:
    meter = PowerMeter()
    meter.set("U1", {"run": 1500.0}, 0)
    meter.set("U1", {"stop": 4.5}, from_seconds(1))
    meter.set("U3", {"transmit": 18_000.0}, from_seconds(2))
    meter.set("U3", {}, from_seconds(2.001))
    found = meter.average_ua(from_seconds(10))
    assert found == pytest.approx({"U1 run": 150.0, "U1 stop": 4.05, "U3 transmit": 1.8})
    assert list(found) == ["U1 run", "U1 stop", "U3 transmit"]
    assert meter.present_ua() == pytest.approx(4.5)


def test_a_reset_forgets_the_past_and_keeps_the_present() -> None:
    meter = PowerMeter()
    meter.set("U1", {"run": 1000.0}, 0)
    meter.set("U1", {"stop": 5.0}, from_seconds(5))
    meter.reset(from_seconds(6))
    assert meter.average_ua(from_seconds(8)) == pytest.approx({"U1 stop": 5.0})


def test_no_time_no_average() -> None:
    assert PowerMeter().average_ua(0) == {}


def test_negative_current_is_refused() -> None:
    with pytest.raises(ValueError, match="U1 run draws -1"):
        PowerMeter().set("U1", {"run": -1.0}, 0)


def test_a_copy_counts_alone() -> None:
    meter = PowerMeter()
    meter.set("U1", {"run": 100.0}, 0)
    other = copy.deepcopy(meter)
    meter.set("U1", {"run": 0.0}, from_seconds(1))
    assert other.average_ua(from_seconds(2)) == pytest.approx({"U1 run": 100.0})
    assert meter.average_ua(from_seconds(2)) == pytest.approx({"U1 run": 50.0})


@given(st.lists(st.tuples(st.floats(0, 20_000), st.integers(1, 10**9)), min_size=1, max_size=30))
def test_the_parts_make_the_whole(steps: list[tuple[float, int]]) -> None:
    meter, now, charge = PowerMeter(), 0, 0.0
    for index, (current, ticks) in enumerate(steps):
        meter.set("U1", {f"state {index % 3}": current}, now)
        now += ticks
        charge += current * ticks
    assert sum(meter.average_ua(now).values()) == pytest.approx(charge / now, rel=1e-6, abs=1e-6)


def test_days_on_a_cell() -> None:
    assert days(41.667)["good"] == pytest.approx(200, rel=1e-3)
    assert days(41.667)["poor"] == pytest.approx(100, rel=1e-3)
