"""`dollar evaluate --on virtual`: the firmware and its models on the virtual board, beside the same on this machine."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from firmware.model.evaluation.task import Recipe, Task
from firmware.model.on_board import evaluation


def run(task: Task, recipe: Recipe, limit: int, jobs: int, as_json: bool) -> None:
    """Raises InputError as evaluation.run."""
    with _bar(task.name) as progress:
        found = evaluation.run(task, recipe, limit, jobs, progress)
    if as_json:
        print(json.dumps(found))
    else:
        _print(found)


@contextmanager
def _bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """On stderr, if somebody looks."""
    terminal = Console(stderr=True)
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        shown = bar.add_task(f"boards with {name}", total=None)
        yield lambda done, of: bar.update(shown, completed=done, total=of)


def _print(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]{found['task']}, {found['model']}, on the virtual board[/bold]: {found['protocol']}\n")
    console.print(_classes(found))
    console.print(
        f"\n{found['windows']} {found['unit']}: {found['mismatches']} differ from this machine in the class, "
        f"{found['mismatches_of_share']} in the probability, {found['missed']} missed"
    )
    if found["mismatches"] or found["mismatches_of_share"]:
        console.print("if the image is older than its sources: run make firmware")
    console.print(
        f"{found['seconds_on_board']:.0f} s on boards in {found['seconds']:.1f} s, {found['times_real_time']:.1f} times real time"
    )


def _classes(found: dict[str, Any]) -> Table:
    table = Table(box=None, header_style="bold")
    table.add_column("recall of")
    for column in (found["unit"], "missed", "on the board", "on this machine"):
        table.add_column(column, justify="right")
    rows = {**found["per_class"], "accuracy": {**found, "recall": found["accuracy"], "recall_on_host": found["accuracy_on_host"]}}
    for name, one in rows.items():
        shares = ("" if one[key] is None else f"{one[key]:.3f}" for key in ("recall", "recall_on_host"))
        table.add_row(name, str(one["windows"]), str(one["missed"]), *shares)
    return table
