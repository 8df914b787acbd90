"""`dollar evaluate`: how good a model is on people whom it has not seen."""

import json
import statistics
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from firmware.model import tasks
from firmware.model.evaluation import report, store, subset, training
from firmware.model.evaluation.results import Results
from firmware.model.evaluation.summary import summarise
from firmware.model.evaluation.task import Recipe, Task
from hardware.errors import InputError
from scripts import evaluate_on_board
from scripts.dollar.train import models_bar

WITHOUT_CONTEXT = "_without_context"


def command(
    task: Annotated[str, typer.Argument(help="motion, sound, or exercise: the other set of motion")],
    model: Annotated[str, typer.Option(help="forest or network; the better one if not said")] = "",
    on: Annotated[str, typer.Option(help="host: the stored results; virtual: recordings through the virtual board")] = "host",
    limit: Annotated[int, typer.Option(min=1, help="Of --on virtual: how many windows, or words")] = 200,
    retrain: Annotated[bool, typer.Option("--retrain", help="Train afresh, and keep the results")] = False,
    no_context: Annotated[bool, typer.Option("--no-context", help="Motion: the model that sees one window only")] = False,
    only: Annotated[str, typer.Option(help="Some of the classes, with commas between: how good if all others are unknown")] = "",
    jobs: Annotated[int, typer.Option(help="Processes at once; -1: one a core. The result is the same")] = -1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    wanted = tasks.find(task)
    recipe = tasks.recipe(wanted, model)
    if no_context:
        recipe = tasks.recipe(wanted, recipe.name + WITHOUT_CONTEXT)
    if on not in ("host", "virtual"):
        raise InputError(f"there is nothing to evaluate on called {on!r}: say host or virtual")
    if on == "virtual" and (retrain or only):
        raise InputError("--retrain and --only are of what is stored: leave them out, or --on virtual")
    if on == "virtual":
        evaluate_on_board.run(wanted, recipe, limit, jobs, as_json)
        return
    results, changed = _results(wanted, recipe, retrain, jobs)
    found = report.write(results) | {"stale": changed or False}
    if without := store.read(wanted.name, recipe.name + WITHOUT_CONTEXT):
        found["without_context"] = summarise(without[0])
    if only:
        found["only"] = {"classes": only.split(","), **asdict(subset.of_classes(results, only.split(",")))}
    if as_json:
        print(json.dumps(found))
    else:
        _print(found)


def _results(task: Task, recipe: Recipe, retrain: bool, jobs: int) -> tuple[Results, str]:
    """Stored ones, and what changed since; else new ones."""
    stored = None if retrain else store.read(task.place, recipe.name)
    if stored is not None:
        results, made_of = stored
        changed = training.stale(task, recipe, made_of)
        if changed:
            _say(f"the results are of an earlier state; since then changed: {changed}. --retrain makes new ones.")
        return results, changed
    if not retrain:
        _say(f"no results of {task.name} {recipe.name} are stored: training now, which dollar train {task.name} does for all.")
    data = task.load()
    with models_bar(task, recipe, data) as progress:
        return training.run(task, recipe, data, jobs, progress).results, ""


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _print(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    seeds = found["seeds"]
    console.print(f"[bold]{found['task']}, {found['model']}[/bold]: {found['protocol']}")
    console.print(
        f"accuracy {found['accuracy']:.4f} (+-{seeds['standard_deviation']:.4f} over {len(seeds['used'])} seeds), "
        f"macro F1 {found['f1']:.4f}, {found['windows']} windows"
    )
    if found["baseline"]:
        console.print(f"without the sensor: accuracy {found['baseline']['accuracy']:.4f}, macro F1 {found['baseline']['f1']:.4f}")
    if "without_context" in found:
        less = found["without_context"]
        console.print(f"without context: accuracy {less['accuracy']:.4f}, macro F1 {less['f1']:.4f}")
    if "only" in found:
        asked = found["only"]
        console.print(f"{', '.join(asked['classes'])} or unknown: accuracy {asked['accuracy']:.4f}, macro F1 {asked['f1']:.4f}")
    if found["model_flash_bytes"] is not None:
        console.print(f"{found['model_flash_bytes']} B flash and {found['cycles_per_window']:,} cycles a window, all included")
    console.print(f"C differs from Python in {found['mismatches_c_vs_python']} classes\n")
    console.print(_classes(found))
    console.print(f"\nby group: {_range(found['per_group'])}\n")
    console.print(_shares("answered", found["accuracy_at_coverage"]))
    for name in found["figures"]:
        console.print(f"build/reports/{name}")


def _classes(found: dict[str, Any]) -> Table:
    """Recall of each class, also under stress."""
    table = Table(box=None, header_style="bold")
    table.add_column("recall of")
    for column in ("windows", "as recorded", *found["stress"]):
        table.add_column(column, justify="right")
    for name, one in found["per_class"].items():
        stress = [under["per_class"].get(name) for under in found["stress"].values()]
        shares = (f"{each['recall']:.3f}" if each else "" for each in (one, *stress))
        table.add_row(name, str(one["windows"]), *shares)
    table.add_row("accuracy", "", f"{found['accuracy']:.3f}", *(f"{each['accuracy']:.3f}" for each in found["stress"].values()))
    return table


def _range(groups: dict[str, float]) -> str:
    ordered = sorted(groups, key=lambda group: groups[group])
    middle = statistics.median(groups.values())
    worst, best = ordered[0], ordered[-1]
    return f"{groups[worst]:.3f} ({worst}) to {groups[best]:.3f} ({best}), median {middle:.3f}, {len(groups)} groups"


def _shares(title: str, shares: dict[str, float]) -> Table:
    table = Table(box=None, header_style="bold", show_header=False, pad_edge=False, padding=(0, 1))
    table.add_row(f"[bold]{title}[/bold]", *shares)
    table.add_row("accuracy", *(f"{share:.3f}" for share in shares.values()))
    return table
