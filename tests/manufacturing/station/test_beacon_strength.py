"""The limits of a beacon's strength follow from the spread of good boards, as their reason says."""

import functools
import itertools

import pytest
from bench import circuit, trial, unit

from hardware.netlist import Netlist
from hardware.virtual_board.parts.ci24r1_frame import Packet
from hardware.virtual_board.reception import Reception
from manufacturing.station.coverage.changes import scaled
from manufacturing.station.coverage.good_boards import good_boards
from manufacturing.station.records.record import Verdict
from manufacturing.station.selftest import limits

POWER_DBM = 3  # the firmware's (firmware/src/app/beacon.c)
ADVERTISING = (2, 26, 80)
RADIO_DB, FIXTURE_DB, SPARE_DB = 3.0, 4.0, 1.5  # as the limits' reason has them
NETWORK = ("C8", "L1", "C9", "C10")


def strengths(wired: Netlist) -> list[float]:
    reception = Reception(wired)
    return [reception.rssi_dbm(Packet(0, channel, 1_000_000, POWER_DBM, b"")) for channel in ADVERTISING]


@functools.cache
def over_tolerances() -> tuple[float, float]:
    """Over all corners of the matching network, and all channels."""
    found = []
    for ends in itertools.product((-1, 1), repeat=len(NETWORK)):
        tolerances = {ref: circuit().components[ref].part.rating.tolerance for ref in NETWORK}  # type: ignore[union-attr]
        found += strengths(scaled(circuit(), {ref: 1 + end * tolerances[ref] for ref, end in zip(NETWORK, ends, strict=True)}))
    return min(found), max(found)


def ends() -> tuple[float, float]:
    limit = limits.read().of("beacon", "rssi")
    assert limit.low is not None
    assert limit.high is not None
    return limit.low, limit.high


def test_the_reason_has_the_figures_of_the_model() -> None:
    reason = limits.read().of("beacon", "rssi").reason
    least, most = over_tolerances()
    assert f"{sum(strengths(circuit())) / len(ADVERTISING):.0f} at 0.3 m" in reason
    assert f"{least:.1f} to {most:.1f} over" in reason
    assert f"radio {RADIO_DB:g} dB (?), receiver and fixture {FIXTURE_DB:g} dB (?), {SPARE_DB:g} dB to spare" in reason
    assert {circuit().components["U3"].part.facts["output_error_max_db"]} == {RADIO_DB}


def test_the_limits_are_the_spreads_end_to_end_and_what_is_to_spare() -> None:
    least, most = over_tolerances()
    assert ends() == pytest.approx((least - RADIO_DB - FIXTURE_DB - SPARE_DB, most + RADIO_DB + FIXTURE_DB + SPARE_DB), abs=0.1)


def test_good_boards_stay_inside_in_any_fixture_that_the_reason_allows() -> None:
    low, high = ends()
    found = [strength for board in good_boards(circuit(), 3, 40) for strength in strengths(board.netlist)]
    assert low + FIXTURE_DB + SPARE_DB <= min(found) < max(found) <= high - FIXTURE_DB - SPARE_DB


def test_the_strength_of_a_good_board_is_measured_and_recorded() -> None:
    result = trial(unit()[1], "link", "beacon")
    (measured,) = (one for one in result.measurements if (one.step, one.name) == ("beacon", "rssi"))
    assert result.verdict is Verdict.PASS
    assert any(measured.value == pytest.approx(strength) for strength in strengths(circuit()))  # of whichever channel came first
