"""A unit on its way through the steps: each is told, timed and noted, and the first that is not passed ends the run."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from manufacturing.station.flasher.failures import FlashError
from manufacturing.station.position import Position
from manufacturing.station.records.record import Outcome, Step, Verdict
from manufacturing.station.selftest.unit import UnitUnderTest
from manufacturing.station.selftest.verdict import Failure, Skipped, of_flasher
from manufacturing.station.station import Station
from manufacturing.station.station_fault import station_fault

Watch = Callable[[str], None]  # is told the step that begins


class Stopped(Exception):
    """Somebody stopped the station: the unit is not recorded."""


class Ended(Exception):
    """The unit has failed, or the station: no further step."""

    def __init__(self, verdict: Verdict, code: str, text: str) -> None:
        super().__init__(text)
        self.verdict, self.code = verdict, code


@dataclass
class UnitProgress:
    """What is known so far. Steps are told to `watch`, and stop the run once `stopped` is set."""

    position: Position
    station: Station
    watch: Watch
    stopped: threading.Event
    clock: Callable[[], float] = lambda: 0.0
    uid: str | None = None
    serial: int | None = None
    steps: list[Step] = field(default_factory=list)
    unit: UnitUnderTest | None = None

    @contextmanager
    def step(self, name: str, prefix: str) -> Iterator[None]:
        """Whatever way it ends, the step is noted; what ends the run comes out as Ended."""
        if self.stopped.is_set():
            raise Stopped
        self.watch(name)
        if self.unit is not None:
            self.unit.begin(name)
        began = self.clock()
        verdict, code, text = Verdict.PASS, "", ""
        try:
            yield
            if self.unit is not None:
                self.unit.end()
        except Skipped as reason:
            self.steps.append(Step(name, Outcome.SKIPPED, seconds=self.clock() - began))
            self.watch(str(reason))
            return
        except Stopped:
            raise
        except FlashError as error:
            verdict, code, text = Verdict.FAIL, f"{prefix}-{of_flasher(error.cause)}", str(error)
        except Failure as error:
            verdict, code, text = Verdict.FAIL, f"{prefix}-{error.cause}", str(error)
        except Exception as error:
            verdict, (code, text) = Verdict.ERROR, station_fault(error)
        self.steps.append(Step(name, Outcome(verdict), code, self.clock() - began))
        if verdict is not Verdict.PASS:
            raise Ended(verdict, code, text)
