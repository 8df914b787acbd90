"""A unit under test: what the procedure's sentences do. Each raises Failure if the unit is at fault."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from firmware.console import MOST_UNASKED, Console, ConsoleError, NoAnswer, Refused
from manufacturing.station.console_port import ConsolePort
from manufacturing.station.link import Link
from manufacturing.station.position import Position
from manufacturing.station.records.record import Measurement
from manufacturing.station.selftest.limits import Limits
from manufacturing.station.selftest.verdict import Failure, Skipped, beyond, of_console

REPLY_S = 3.0  # the longest step takes 1.1 s, and begins to answer at its end
_TRIES = 3
_BOOT_S = 1.0
_ADC_FULL = 4095

_T = TypeVar("_T")


@dataclass
class UnitUnderTest:
    """`step` is the one that runs. What it measured stays in `measurements`; the first that is out of limits in `_outside`."""

    link: Link
    position: Position
    limits: Limits
    image: bytes
    uid: str = ""  # that the flasher read
    step: str = ""
    supply_mv: float = 0.0
    calibration: dict[str, int | str] = field(default_factory=dict)
    measurements: list[Measurement] = field(default_factory=list)
    _outside: Failure | None = None

    def __post_init__(self) -> None:
        self._console = Console(ConsolePort(self.link), timeout_s=REPLY_S)

    def flashed(self, uid: str) -> None:
        """An image starts: what was said before is another's."""
        self.uid = uid
        self._console = Console(ConsolePort(self.link), timeout_s=REPLY_S)

    # What is said on the console

    def ask(self, *words: object) -> Mapping[str, str]:
        """A request that may be repeated: a line that noise damaged is asked for again."""
        return self._answer(lambda: self._console.request(*words).values, _TRIES)

    def settings(self) -> dict[str, int]:
        """All of the unit's configuration."""

        def read() -> dict[str, int]:
            pairs = (line.text.split(" ", 1)[0].split("=", 1) for line in self._console.request("config", "get").lines)
            return {name: int(value) for name, value in pairs}

        return self._answer(read, _TRIES)

    def restart(self) -> None:
        """Its firmware starts anew, and says so."""
        self._answer(lambda: self._console.request("reboot"), tries=1)
        self._answer(self._boot, tries=1)

    def _boot(self) -> None:
        self._console.timeout_s = _BOOT_S
        try:
            if not any(self._console.line().kind == "boot" for _ in range(MOST_UNASKED)):
                raise NoAnswer("it talks without end, and does not start anew")
        finally:
            self._console.timeout_s = REPLY_S

    def _answer(self, get: Callable[[], _T], tries: int) -> _T:
        while True:
            tries -= 1
            try:
                return get()
            except Refused as error:
                raise of_console(error) from error
            except (ConsoleError, ValueError) as error:
                if tries == 0:
                    failure = of_console(error) if isinstance(error, ConsoleError) else Failure("GARBLED", str(error))
                    raise failure from error

    # What is measured and compared

    def measure(self, step: str | None = None) -> dict[str, float]:
        """The firmware's measurement of this name, or of the step's own. Hexadecimal values are whole numbers here."""
        values = self.ask("test", step or self.step)
        try:
            return {key: _number(key, value) for key, value in values.items()}
        except ValueError as error:
            raise Failure("GARBLED", f"the unit's answer to test {step or self.step}: {error}") from error

    def check(self, quantity: str, value: float | None) -> None:
        """Holds a value against its limits, and keeps both. None: it could not be had."""
        limit = self.limits.of(self.step, quantity)
        self._keep(quantity, value, limit.unit, limit.low, limit.high)

    def expect(self, quantity: str, found: float, wanted: float, unit: str = "") -> None:
        """For what is known exactly."""
        self._keep(quantity, found, unit, wanted, wanted)

    def require(self, condition: bool, cause: str, text: str) -> None:
        if not condition:
            raise Failure(cause, text)

    def _keep(self, quantity: str, value: float | None, unit: str, low: float | None, high: float | None) -> None:
        self.measurements.append(Measurement(self.step, quantity, value, unit, low, high))
        cause = beyond(quantity, value, low, high)
        if cause and self._outside is None:
            shown = "missing" if value is None else f"{value:g}{unit and ' '}{unit}"
            self._outside = Failure(cause, f"{quantity} is {shown}; from {_shown(low)} to {_shown(high)} is right")

    def millivolts(self, lsb: float) -> float:
        """Of a reading of the converter, whose full scale is the supply."""
        return lsb * self.supply_mv / _ADC_FULL

    # Steps

    def begin(self, step: str) -> None:
        self.step, self._outside = step, None

    def end(self) -> None:
        """Failure for the first value that was out of its limits."""
        if self._outside is not None:
            raise self._outside

    def needs(self, offer: _T | None, what: str) -> _T:
        """What the fixture offers, or the step is skipped."""
        if offer is None:
            raise Skipped(f"{self.position.name} has no {what}")
        return offer


def _number(key: str, value: str) -> float:
    return int(value, 16) if key in ("who_am_i", "version", "answer", "crc16") else float(value)


def _shown(end: float | None) -> str:
    return "any" if end is None else f"{end:g}"
