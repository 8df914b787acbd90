"""All positions of a panel at once: a thread each, so that none waits for another that hangs or has died."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from manufacturing.station.ledger import Ledger
from manufacturing.station.position import Position
from manufacturing.station.records.record import UnitRecord, Verdict
from manufacturing.station.selftest.verdict import STATION
from manufacturing.station.station import Station
from manufacturing.station.unit_progress import Stopped
from manufacturing.station.unit_result import UNRECORDED, UnitResult, recorded
from manufacturing.station.unit_run import run_unit

LONGEST_S = 120.0  # of the wall: 28 kB at 19200 baud take 40 s, the self-test 10
_LOOK_S = 0.1
_GRACE_S = 10.0  # after a stop: the longest wait for an answer is 3 s

Tell = Callable[[int, str], None]  # position by number, and the step that begins
Done = Callable[[int, UnitResult], None]


class Abandoned(Exception):
    """The position came back after it had been given up."""


@dataclass
class _Gate:
    """In front of the records: shut once the unit has a verdict from elsewhere, so that no unit gets two."""

    ledger: Ledger
    open: bool = True

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def reserve_serial(self, uid: str, station: str) -> int:
        return self.ledger.reserve_serial(uid, station)

    def append(self, record: UnitRecord) -> object:
        with self._lock:
            if not self.open:
                raise Abandoned(record.run_id)
            return self.ledger.append(record)

    def shut(self, at_most_s: float) -> bool:
        """Waits for a record that is being written, but not for ever: False if it may still be."""
        got = self._lock.acquire(timeout=at_most_s)
        self.open = False
        if got:
            self._lock.release()
        return got


class _Runner(threading.Thread):
    def __init__(
        self, position: Position, station: Station, records: Ledger, watch: Callable[[str], None], stopped: threading.Event
    ) -> None:
        super().__init__(name=position.name, daemon=True)  # one that hangs does not keep the program from ending
        self.position, self.gate = position, _Gate(records)
        self._station, self._watch, self._stopped = station, watch, stopped
        self.result: UnitResult | None = None

    def run(self) -> None:
        try:
            self.result = run_unit(self.position, self._station, self.gate, self._watch, self._stopped)
        except Stopped:
            pass
        except BaseException as error:
            self.result = not_tested(self.position, "INTERNAL", f"{type(error).__name__}: {error}")


def run_panel(
    positions: Sequence[Position],
    station: Station,
    records: Ledger,
    tell: Tell = lambda *_: None,
    done: Done = lambda *_: None,
    longest_s: float = LONGEST_S,
) -> list[UnitResult]:
    """A result for each position, each told to `done` as it comes. KeyboardInterrupt stops all; nothing half done is kept."""
    stopped = threading.Event()
    runners = [
        _Runner(position, station, records, lambda step, number=number: tell(number, step), stopped)  # type: ignore[misc]
        for number, position in enumerate(positions)
    ]
    results: dict[int, UnitResult] = {}
    try:
        for runner in runners:
            runner.start()
        _collect(runners, results, done, lambda result: recorded(result, station, records), time.monotonic() + longest_s)
    except BaseException:
        stopped.set()
        _let_end(runners)
        _tell_the_rest(runners, results, done)
        raise
    return [results[number] for number in range(len(positions))]


def _collect(
    runners: list[_Runner],
    results: dict[int, UnitResult],
    done: Done,
    record: Callable[[UnitResult], UnitResult],
    until: float,
) -> None:
    while len(results) < len(runners):
        for number, runner in enumerate(runners):
            if number in results:
                continue
            runner.join(_LOOK_S / len(runners))
            if not runner.is_alive() and runner.result is not None:
                results[number] = runner.result
            elif not runner.is_alive() or time.monotonic() > until:
                results[number] = _given_up(runner, record)
            if number in results:
                done(number, results[number])


def _given_up(runner: _Runner, record: Callable[[UnitResult], UnitResult]) -> UnitResult:
    """It may have ended at the last moment: then its own result counts, for it is recorded."""
    shut = runner.gate.shut(_GRACE_S)
    runner.join(_LOOK_S)
    if runner.result is not None and runner.result.code != UNRECORDED:
        return runner.result
    result = not_tested(runner.position, "HANGS", f"{runner.position.name} hangs: unplug its adapter, then run again")
    return record(result) if shut else result


def _tell_the_rest(runners: list[_Runner], results: dict[int, UnitResult], done: Done) -> None:
    """Those that ended, and are recorded, while the stop was on its way."""
    for number, runner in enumerate(runners):
        if number not in results and runner.result is not None and runner.result.code != UNRECORDED:
            done(number, runner.result)


def _let_end(runners: list[_Runner]) -> None:
    until = time.monotonic() + _GRACE_S
    for runner in runners:
        if runner.ident is not None:
            runner.join(max(0.0, until - time.monotonic()))
        runner.gate.shut(0.0)


def not_tested(position: Position, cause: str, text: str) -> UnitResult:
    """The station is at fault, and nothing is known of the unit."""
    return UnitResult(position.name, Verdict.ERROR, f"{STATION}-{cause}", text, None, None, 0.0, (), (), {})
