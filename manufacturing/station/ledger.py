"""Where results go: the records, or nowhere."""

import itertools
import threading
from typing import Protocol

from manufacturing.station.records.record import UnitRecord


class Ledger(Protocol):
    """What the station needs of records.store.Records."""

    def reserve_serial(self, uid: str, station: str) -> int: ...

    def append(self, record: UnitRecord) -> object: ...


class NoRecords:
    """Serial numbers from 1 on, and nothing is kept: for campaigns and trials."""

    def __init__(self) -> None:
        self._next = itertools.count(1)
        self._known: dict[str, int] = {}
        self._lock = threading.Lock()

    def reserve_serial(self, uid: str, station: str) -> int:
        del station
        with self._lock:
            if uid not in self._known:
                self._known[uid] = next(self._next)
            return self._known[uid]

    def append(self, record: UnitRecord) -> None:
        del record
