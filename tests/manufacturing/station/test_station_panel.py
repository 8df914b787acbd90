"""Positions side by side: one that is dead, hangs or is stopped does not concern the others."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import only, unit

from manufacturing.station.ledger import NoRecords
from manufacturing.station.link import Link, LinkError, LinkFault
from manufacturing.station.panel import run_panel
from manufacturing.station.position import Position
from manufacturing.station.records.record import Verdict
from manufacturing.station.records.store import Records
from manufacturing.station.reset import ModemLines
from manufacturing.station.unit_result import UnitResult


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with Records.open(tmp_path / "records.sqlite") as opened:
        yield opened


def dead() -> Position:
    def opened() -> Link:
        raise LinkError(LinkFault.NO_PORT, "dead is not plugged in")

    return Position("dead", opened, ModemLines())


class _Hanging:
    """Hangs when it is opened, until it is let go; then its unit is tested as if nothing had been."""

    def __init__(self) -> None:
        self.go, self._behind = threading.Event(), unit(seed=3)[1]
        self.position = Position("hanging", self._open, ModemLines())

    def _open(self) -> Link:
        self.go.wait()
        return self._behind.open()


def test_a_dead_position_does_not_stop_the_others(records: Records) -> None:
    results = run_panel([dead(), unit(seed=1)[1], unit(seed=2)[1]], only("link"), records)
    assert [result.code for result in results] == ["STATION-NOPORT", "", ""]
    assert sorted(stored.record.verdict for stored in records.select()) == ["ERROR", "PASS", "PASS"]
    assert {result.serial for result in results} == {None, 1, 2}


def test_a_position_that_hangs_is_given_up_and_recorded_once(records: Records) -> None:
    hanging = _Hanging()
    results = run_panel([hanging.position, unit()[1]], only("link"), records, longest_s=8)
    assert [result.code for result in results] == ["STATION-HANGS", ""]
    assert records.count() == 2
    hanging.go.set()
    (thread,) = (one for one in threading.enumerate() if one.name == "hanging")
    thread.join(60)
    assert not thread.is_alive()
    assert records.count() == 2


def test_side_by_side_takes_no_longer_than_one(records: Records) -> None:
    """On the boards' own clocks."""
    (alone,) = run_panel([unit(seed=1)[1]], only("link", "sleep"), records)
    together = run_panel([unit(seed=seed)[1] for seed in range(1, 4)], only("link", "sleep"), records)
    assert all(result.verdict is Verdict.PASS for result in together)
    assert max(result.seconds for result in together) <= 1.2 * alone.seconds


def test_an_interruption_leaves_what_had_ended_and_nothing_else(records: Records) -> None:
    told: list[UnitResult] = []

    def interrupt(_: int, result: UnitResult) -> None:
        told.append(result)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_panel([dead(), unit()[1]], only("link", "sleep"), records, done=interrupt)
    time.sleep(0.2)
    assert [result.position for result in told] == ["dead"]
    assert [stored.record.code for stored in records.select()] == ["STATION-NOPORT"]


def test_a_unit_that_ended_while_the_stop_was_on_its_way_is_told_too(records: Records) -> None:
    told: list[str] = []

    def interrupt(_: int, result: UnitResult) -> None:
        told.append(result.code)
        while records.count() < 2:
            time.sleep(0.01)
        if len(told) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_panel([dead(), dead()], only("link"), records, done=interrupt)
    assert told == ["STATION-NOPORT"] * 2


def test_each_step_is_told() -> None:
    told: list[tuple[int, str]] = []
    run_panel([dead(), unit()[1]], only("link"), NoRecords(), tell=lambda number, step: told.append((number, step)))
    assert told == [(1, "flash"), (1, "link"), (1, "configuration")]
