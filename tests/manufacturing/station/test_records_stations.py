"""Many stations on one database, and stations that are killed: nothing is lost, doubled, half there, or given twice."""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

import pytest
from record_samples import MEASUREMENTS, STEPS, record, uid
from records_writer import Kept, die_at, keep

from manufacturing.station.records import verify
from manufacturing.station.records.store import Records

KILLS = int(os.environ.get("DOLLAR_KILLS", "20"))  # the full campaign: DOLLAR_KILLS=200 pytest ...
STRIDE = 1 if KILLS >= 200 else 9  # of the moments while the tables are made, which are many
AT_ONCE = 3
LONGEST_S = 0.4  # until a kill: time for opening and for some records, each of which takes milliseconds

_context = get_context("forkserver")  # each writer starts as a process without threads, locks or connections of ours
_context.set_forkserver_preload(["manufacturing.station.records.store"])


class Writer:
    def __init__(self, *arguments: object, target: object = keep) -> None:
        self.pipe: Connection
        self.pipe, theirs = _context.Pipe(duplex=False)
        self.process: ForkServerProcess = _context.Process(target=target, args=(*arguments, theirs))
        self.process.start()
        theirs.close()
        self.pipe.recv()  # its modules are loaded

    def kill(self) -> None:
        self.process.kill()

    def said(self) -> list[Kept]:
        """All of it, once the process has ended."""
        found = []
        try:
            while True:
                found.append(self.pipe.recv())
        except EOFError:
            self.process.join()
            return found


def check(place: str, said: list[Kept], most_unsaid: int) -> None:
    """What was said to be kept is there once; what nobody could say any more is there whole, or not at all."""
    with Records.open(place) as records:
        found = verify.verify(records)
        kept = list(records.select())
        unused = records.unused_serials()
    assert found.ok, found.findings
    runs = Counter(each.record.run_id for each in kept)
    assert set(runs.values()) <= {1}
    assert Counter(run for run, *_ in said) - runs == Counter()
    assert len(kept) - len(said) <= most_unsaid
    assert all((each.record.measurements, each.record.steps) == (MEASUREMENTS, STEPS) for each in kept)
    by_run = {each.record.run_id: each for each in kept}
    for run, unit, serial, attempt in said:
        assert (by_run[run].record.uid, by_run[run].record.serial, by_run[run].attempt) == (unit, serial, attempt)
    owners = {(each.record.serial, each.record.uid) for each in kept} | {(each.serial, each.uid) for each in unused}
    assert sorted(serial or 0 for serial, _ in owners) == list(range(1, len(owners) + 1))
    assert len({unit for _, unit in owners}) == len(owners)
    assert len(unused) <= most_unsaid


def test_stations_at_once_give_each_unit_one_number(place: str) -> None:
    """They begin on an empty database, all at once, and have half of their units in common."""
    writers = [Writer(place, f"station {n}", [*range(1, 21), *range(100 * n, 100 * n + 20)]) for n in (1, 2, 3, 4)]
    said = [each for writer in writers for each in writer.said()]
    assert len(said) == 4 * 40
    check(place, said, most_unsaid=0)
    assert {attempt for _, unit, _, attempt in said if unit == uid(7)} == {1, 2, 3, 4}


def test_the_positions_of_a_panel_share_one_opened_database(place: str) -> None:
    """As threads, more than there are connections."""
    with Records.open(place) as records, ThreadPoolExecutor(20) as positions:

        def unit(number: int) -> tuple[int, int | None, int]:
            reserved = records.reserve_serial(uid(number), "panel")
            kept = records.append(record(number))
            return reserved, kept.record.serial, kept.position

        done = list(positions.map(unit, range(1, 61)))
        assert verify.verify(records).ok
    assert sorted(reserved for reserved, _, _ in done) == sorted(position for _, _, position in done) == list(range(1, 61))
    assert all(reserved == serial for reserved, serial, _ in done)


def test_stations_killed_at_any_moment_lose_nothing(place: str) -> None:
    chance = random.Random(1)
    said: list[Kept] = []
    writers: list[Writer] = []
    for number in range(KILLS):
        while len(writers) < AT_ONCE:
            units = [chance.randrange(1, 2000) for _ in range(2000)]
            writers.append(Writer(place, f"station {number}.{len(writers)}", units))
        time.sleep(chance.uniform(0, LONGEST_S))
        victim = writers.pop(chance.randrange(len(writers)))
        victim.kill()
        said += victim.said()
    for writer in writers:
        writer.kill()
        said += writer.said()
    assert said
    check(place, said, most_unsaid=KILLS + AT_ONCE)


@pytest.mark.parametrize(("empty", "least"), [(True, 60), (False, 20)], ids=["making the tables", "keeping a record"])
def test_a_station_killed_at_each_statement_leaves_all_or_nothing(place: str, empty: bool, least: int) -> None:
    """While the tables are made; then while a number is reserved and a record kept."""
    said = [] if empty else Writer(place, "station", [0]).said()
    for moment in range(1, 1000, STRIDE if empty else 1):
        writer = Writer(moment, place, "station", [moment], target=die_at)
        said += writer.said()
        if writer.process.exitcode == 0:
            break
    assert least < moment < 999
    check(place, said, most_unsaid=moment)
