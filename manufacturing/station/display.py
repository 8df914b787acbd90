"""The panel on a terminal: a line for each position, and what became of it so large that it is read from afar."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from manufacturing.station.position import Position
from manufacturing.station.records.record import Verdict
from manufacturing.station.unit_result import UnitResult

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

    def __init__(self, console: Console) -> None:
        self._console = console
        self._show([])
        self._live = Live(get_renderable=self._shown, console=console, refresh_per_second=8, transient=True)

    def _show(self, positions: Sequence[Position]) -> None:
        self._positions = positions
        self._now = ["" for _ in positions]
        self._results: dict[int, UnitResult] = {}

    @contextmanager
    def panel(self, positions: Sequence[Position]) -> Iterator[None]:
        """Live while it is tested; what became of it stays on the screen."""
        self._show(positions)
        if self._console.is_terminal:
            self._live.start()
        try:
            yield
        finally:
            self._live.stop()
        self._console.print(self._shown())

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While somebody is asked: a line that is drawn anew eight times a second takes no answer."""
        self._live.stop()
        try:
            yield
        finally:
            if self._console.is_terminal:
                self._live.start()

    def say(self, text: str) -> None:
        self._console.print(text, style="bold yellow", markup=False)

    def ask(self, question: str) -> bool:
        with self.paused():
            self._console.print(f"{question} (Enter: yes, n: no)", style="bold", markup=False)
            return not input().strip().lower().startswith("n")

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
