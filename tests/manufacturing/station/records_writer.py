"""A station as a process of its own, to be killed: it keeps record after record, and says so once each is kept."""

import os
import signal
from multiprocessing.connection import Connection

from record_samples import record
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

from manufacturing.station.records.store import Records

Kept = tuple[str, str, int, int]  # run, unique ID, serial number, attempt


def keep(place: str, station: str, units: list[int], said: Connection) -> None:
    """Each unit in turn; `said` gets None at the beginning, then what was kept, when it was."""
    said.send(None)
    with Records.open(place, say=lambda _: None) as records:
        for number in units:
            unit = record(number, station=station)
            assert unit.uid is not None
            serial = records.reserve_serial(unit.uid, station)
            kept = records.append(unit)
            said.send((unit.run_id, unit.uid, serial, kept.attempt))


def die_at(moment: int, place: str, station: str, units: list[int], said: Connection) -> None:
    """As keep, but killed at that one of the moments before and after each statement and each commit."""
    left = moment

    def count_down(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, count_down)
    event.listen(Pool, "checkin", count_down)  # the commit is over, and the station does not know yet
    keep(place, station, units, said)
