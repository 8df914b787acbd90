"""Yields, ranks and capability by hand."""

import pytest
from record_samples import record, uid
from synthetic_records import production

from manufacturing.station.records import rows
from manufacturing.station.records.chain import GENESIS
from manufacturing.station.records.record import Measurement, Outcome, Step, Stored, UnitRecord, Verdict
from manufacturing.station.report import statistics
from manufacturing.station.report.statistics import Distribution

FAIL, ERROR = Verdict.FAIL, Verdict.ERROR


def stored(*records: UnitRecord) -> list[Stored]:
    return [rows.stored(rows.unit_row(each, position, 1, GENESIS)) for position, each in enumerate(records, 1)]


def failed(number: int, code: str = "2-LOW") -> UnitRecord:
    return record(number, verdict=FAIL, code=code)


def errored(number: int) -> UnitRecord:
    return record(number, verdict=ERROR, code="0-PORT")


def share(of: statistics.Share) -> tuple[int, int]:
    return of.count, of.of


def test_yields_go_by_the_first_and_the_last_test_that_judged() -> None:
    found = statistics.of(
        stored(record(1), failed(2), record(2), failed(3), errored(4), record(4), record(5), failed(5), errored(6))
    )
    assert share(found.first_pass) == (3, 5)  # 1, 4 and 5 of 1 to 5; 6 was never judged
    assert share(found.final) == (3, 5)  # 1, 2 and 4
    assert found.first_pass.percent == 60
    assert (len(found.units), len(found.attempts)) == (6, 9)


def test_units_that_were_not_read_are_units_of_their_own() -> None:
    dead = {"uid": None, "verdict": FAIL, "code": "1-SILENT"}
    found = statistics.of(stored(record(1, **dead), record(1, **dead), record(1)))
    assert share(found.final) == (1, 3)
    assert found.failures == (("1-SILENT", 2),)


def test_failures_count_units_not_attempts() -> None:
    found = statistics.of(
        stored(failed(1), failed(1), failed(1, "3-HIGH"), failed(2, "3-HIGH"), failed(3, "1-OPEN"), errored(3), errored(3))
    )
    assert found.failures == (("3-HIGH", 2), ("1-OPEN", 1), ("2-LOW", 1))
    assert found.errors == (("0-PORT", 2),)


def test_the_most_retested_come_first() -> None:
    found = statistics.of(stored(record(1), failed(2), record(2), failed(3), failed(3), record(3)))
    assert [each.last.record.uid for each in found.retested] == [uid(3), uid(2)]


def test_a_distribution_takes_the_first_value_of_a_unit_and_the_newest_limits() -> None:
    def measured(number: int, value: float | None, most: float) -> UnitRecord:
        return record(number, measurements=(Measurement("supply", "mv", value, "mV", 0, most),))

    found = statistics.of(
        stored(measured(1, None, 10), measured(1, 4, 10), measured(1, 5, 10), measured(2, 6, 9), measured(3, 9.5, 9))
    )
    assert found.distributions == (Distribution("supply", "mv", "mV", 0, 9, (4, 6, 9.5)),)
    assert found.distributions[0].outside == 1


def capability(values: tuple[float, ...], least: float | None, most: float | None) -> float | None:
    return Distribution("s", "n", "V", least, most, values).cpk


def test_capability() -> None:
    values = (9.0, 10.0, 11.0)  # mean 10, deviation 1
    assert capability(values, 4, 22) == pytest.approx(2)
    assert capability(values, -5, 13) == pytest.approx(1)
    assert capability(values, 7, None) == pytest.approx(1)
    assert capability(values, None, 16) == pytest.approx(2)
    assert capability(values, 11.5, 20) == pytest.approx(-0.5)
    assert capability(values, None, None) is None
    assert capability((10.0, 10.0), 4, 22) is None
    assert capability((10.0,), 4, 22) is None


def test_capability_without_what_is_broken() -> None:
    of = Distribution("s", "n", "V", 4, 16, (9.0, 10.0, 11.0, 400.0))
    assert of.cpk is not None
    assert of.cpk < 0.1
    assert of.cpk_inside == pytest.approx(2)


def test_times_are_those_of_passing_tests() -> None:
    def steps(outcome: Outcome, code: str, seconds: float) -> dict[str, object]:
        return {"steps": (Step("link", outcome, code, seconds),)}

    found = statistics.of(
        stored(
            record(1, **steps(Outcome.PASS, "", 1)),
            record(2, **steps(Outcome.PASS, "", 3)),
            record(3, verdict=FAIL, code="1-X", **steps(Outcome.FAIL, "1-X", 100)),
        )
    )
    assert found.seconds == (6, 6)
    assert found.step_seconds == (("link", 2),)


@pytest.mark.parametrize(("part", "expected"), [(0, 1), (0.5, 2.5), (1, 4), (0.95, 3.85)])
def test_quantiles(part: float, expected: float) -> None:
    assert statistics.quantile([4, 1, 3, 2], part) == pytest.approx(expected)


def test_no_records_are_no_yield() -> None:
    found = statistics.of([])
    assert (found.units, found.first_pass.percent, found.final.percent) == ((), None, None)


def test_the_synthetic_production_is_the_same_each_time() -> None:
    assert list(production(30, seed=5)) == list(production(30, seed=5))
    assert list(production(30, seed=5)) != list(production(30, seed=6))
