"""`dollar search`: which size of a model is the best that fits."""

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from firmware.model import tasks
from firmware.model.search import grids, kept, report
from firmware.model.search.candidate import Budget, words
from firmware.model.search.nested import Search
from scripts.progress import progress_bar
from scripts.workers import workers

LEAST_WIDTH = 120
STOPPED = 130  # as of a program that SIGINT ends


def command(
    task: Annotated[str, typer.Argument(help="motion or sound")],
    model: Annotated[str, typer.Option(help="forest or network; both if not said")] = "",
    flash: Annotated[int | None, typer.Option(min=1, help="Bytes at most, with features or front end")] = None,
    cycles: Annotated[int | None, typer.Option(min=1, help="At most, of an answer: motion's window, sound's word")] = None,
    jobs: Annotated[int, typer.Option(help="Processes at once; -1: one a core. The result is the same")] = -1,
    dask: Annotated[str, typer.Option(metavar="ADDRESS", help="Train on this Dask cluster, as tcp://127.0.0.1:8786")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Few candidates, short trainings: to see how it goes")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    grid = grids.find(task)
    wanted = tasks.find(task)
    candidates = grids.of_kind((grid.quick if quick else grid.candidates)(wanted), model)
    plan = grids.QUICK if quick else grid.plan
    budget = Budget(flash, cycles)
    search = Search(wanted, wanted.load(), plan, kept.folder(wanted), jobs)
    with workers(search.data, dask), progress_bar(f"search {task}", search.trainings(len(candidates))) as told:
        try:
            found = report.write(wanted, search.run(candidates, budget, told), budget, plan)
        except KeyboardInterrupt:
            print("stopped: what is trained is kept, and the same command goes on from there", file=sys.stderr)
            raise typer.Exit(STOPPED) from None
    if as_json:
        print(json.dumps(found))
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    console = Console(highlight=False, width=max(Console().width, LEAST_WIDTH))
    console.print(_table(found))
    allowed = ", ".join(f"{limit:,} {name.split('_')[-1]}" for name, limit in found["budget"].items() if limit is not None)
    console.print(f"budget: {allowed or 'none'}; chosen: {words(found['chosen'])}")
    console.print(f"[bold]accuracy on the outer folds, which had no say in it: {found['nested_accuracy']:.4f}[/bold]")
    console.print(f"build/reports/{found['figure']}")


def _table(found: dict[str, Any]) -> Table:
    """The most accurate first."""
    table = Table(box=None, header_style="bold", caption=found["protocol"], caption_justify="left")
    table.add_column("candidate")
    for column in ("inner accuracy", "flash", "cycles", "chosen by folds"):
        table.add_column(column, justify="right")
    table.add_column("front", justify="center")
    for one in sorted(found["candidates"], key=lambda one: -one["accuracy"]):
        cells = (f"{one['accuracy']:.4f}", f"{one['flash_bytes']} B", f"{one['cycles']:,}")
        times = str(one["outer_folds_that_chose_it"] or "")
        table.add_row(words(one["settings"]), *cells, times, "*" if one["on_front"] else "")
    return table
