"""The panel on a terminal: a line for each position, and what became of it so large that it is read from afar."""

from collections.abc import Sequence
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from manufacturing.station.position import Position
from manufacturing.station.records.record import Verdict
from manufacturing.station.unit_run import UnitResult

_COLOURS = {Verdict.PASS: "green", Verdict.FAIL: "red", Verdict.ERROR: "yellow"}

# Five lines a letter, of those that verdicts need.
_LETTERS = {
    "P": ("████ ", "█   █", "████ ", "█    ", "█    "),
    "A": (" ███ ", "█   █", "█████", "█   █", "█   █"),
    "S": (" ████", "█    ", " ███ ", "    █", "████ "),
    "F": ("█████", "█    ", "████ ", "█    ", "█    "),
    "I": ("███", " █ ", " █ ", " █ ", "███"),
    "L": ("█    ", "█    ", "█    ", "█    ", "█████"),
    "E": ("█████", "█    ", "████ ", "█    ", "█████"),
    "R": ("████ ", "█   █", "████ ", "█  █ ", "█   █"),
    "O": (" ███ ", "█   █", "█   █", "█   █", " ███ "),
}


def large(verdict: Verdict) -> Text:
    lines = ("  ".join(_LETTERS[letter][line] for letter in verdict.value) for line in range(5))
    return Text("\n".join(lines), style=f"bold {_COLOURS[verdict]}")


def worst(results: Sequence[UnitResult]) -> Verdict:
    """Of the panel: one bad unit makes an operator look."""
    found = {result.verdict for result in results}
    return next((verdict for verdict in (Verdict.ERROR, Verdict.FAIL) if verdict in found), Verdict.PASS)


class Display:
    """Also without a terminal: then it only prints what became of each unit."""

    def __init__(self, positions: Sequence[Position], console: Console) -> None:
        self._positions = positions
        self._console = console
        self._begin()
        self._live = Live(get_renderable=self._shown, console=console, refresh_per_second=8, transient=True)

    def _begin(self) -> None:
        self._now = ["" for _ in self._positions]
        self._results: dict[int, UnitResult] = {}

    def __enter__(self) -> "Display":
        self._begin()
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._live.stop()
        if kind is None:
            self._console.print(self._shown())

    def tell(self, number: int, step: str) -> None:
        self._now[number] = step

    def done(self, number: int, result: UnitResult) -> None:
        self._results[number] = result

    def _shown(self) -> RenderableType:
        table = Table(box=None, padding=(0, 2))
        for name in ("position", "verdict", "serial", "code", "s", "unique ID"):
            table.add_column(name, justify="right" if name in ("serial", "s") else "left")
        for number, position in enumerate(self._positions):
            table.add_row(*self._row(number, position))
        notes = [Text(f"{one.position}: {one.text}") for one in self._results.values() if one.text]
        whole = [large(worst(list(self._results.values())))] if self._results and len(self._results) == len(self._now) else []
        return Group(table, *notes, *whole)

    def _row(self, number: int, position: Position) -> list[RenderableType]:
        result = self._results.get(number)
        if result is None:
            return [Text(position.name), Text(self._now[number], style="cyan")]
        verdict = Text(result.verdict.value, style=f"bold reverse {_COLOURS[result.verdict]}")
        serial = "" if result.serial is None else str(result.serial)
        return [Text(position.name), verdict, serial, Text(result.code), f"{result.seconds:.1f}", Text(result.uid or "")]
