"""`dollar train`: models on all data, tested on people whom they have not seen, as C for the firmware."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from firmware.model import tasks
from firmware.model.evaluation import final, out_of_fold, training
from firmware.model.evaluation.out_of_fold import Progress as Told
from firmware.model.evaluation.summary import summarise
from firmware.model.evaluation.task import Data, Recipe, Task
from firmware.model.own import doubts, image
from firmware.model.own import task as own_task
from hardware import tables


def command(
    task: Annotated[str, typer.Argument(help="motion or sound")],
    model: Annotated[str, typer.Option(help="forest or network; all if not said")] = "",
    data: Annotated[Path | None, typer.Option(help="A folder of your own recordings (dollar data record) to train on")] = None,
    firmware: Annotated[bool, typer.Option(help="With --data: build the firmware with the model")] = True,
    jobs: Annotated[int, typer.Option(help="Processes at once; -1: one a core. The result is the same")] = -1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    if data is not None:
        own = own_task.of(task, data, model)
        _warn(own.doubts)
        wanted = own.task
    else:
        wanted = tasks.find(task)
    recipes = (tasks.recipe(wanted, model),) if model else wanted.recipes
    examples = wanted.load()
    done = [_train(wanted, recipe, examples, jobs) for recipe in recipes]
    built = tables.shown(image.build()) if data is not None and firmware else None
    if as_json:
        print(json.dumps({"task": wanted.place, "models": done, "firmware": built}))
        return
    Console().print(_table(done))
    for one in done:
        if one["written"]:
            print(f"{one['model']}: {one['written']}")
    if built:
        print(f"firmware: {built}")


@contextmanager
def models_bar(task: Task, recipe: Recipe, data: Data) -> Iterator[Told]:
    """On stderr, one step a model, if somebody looks."""
    terminal = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        shown = bar.add_task(f"{task.name} {recipe.name}", total=out_of_fold.models(task, data))
        yield lambda: bar.advance(shown)


def _train(task: Task, recipe: Recipe, data: Data, jobs: int) -> dict[str, Any]:
    with models_bar(task, recipe, data) as progress:
        trained = training.run(task, recipe, data, jobs, progress)
    written = None
    found = doubts.check(trained.results) if task.data_name else ()
    _warn(found)
    if recipe.shipped:
        comment = final.about(task, recipe, trained.results, task.data_digest())
        source = final.write(task, recipe, trained.model, comment)
        if task.data_name:
            image.only(task.name, source)
        written = tables.shown(source)
    return {**summarise(trained.results), "doubts": list(found), "written": written}


def _warn(sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        print(f"careful: {sentence}", file=sys.stderr)


def _table(done: list[dict[str, Any]]) -> Table:
    table = Table(box=None, header_style="bold", caption=done[0]["protocol"], caption_justify="left")
    table.add_column("model", no_wrap=True)
    for column in ("accuracy", "by seed", "macro F1", "flash", "cycles", "C differs"):
        table.add_column(column, justify="right")
    for one in done:
        table.add_row(
            one["model"],
            f"{one['accuracy']:.4f}",
            f"+-{one['seeds']['standard_deviation']:.4f}",
            f"{one['f1']:.4f}",
            "" if one["model_flash_bytes"] is None else f"{one['model_flash_bytes']} B",
            "" if one["cycles_per_window"] is None else f"{one['cycles_per_window']:,}",
            str(one["mismatches_c_vs_python"]),
        )
    return table
