"""`dollar sizes`: what several sizes of each model take and give, as the README's table."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from firmware.model import tasks
from firmware.model.evaluation.task import Task
from firmware.model.search import current, grids, kept, table
from firmware.model.search.current import Base
from firmware.model.search.sizes import Size, Sizes
from scripts import marked
from scripts.progress import progress_bar

START = "<!-- sizes: written by `dollar sizes` -->\n"
END = "<!-- /sizes -->"


def command(
    seeds: Annotated[int, typer.Option(min=1, help="Of each test, how many of the task's")] = 1,
    jobs: Annotated[int, typer.Option(help="Processes at once; -1: one a core. The result is the same")] = -1,
    readme: Annotated[bool, typer.Option(help="Put the table into README.md")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    found = {}
    text = ""
    for name in grids.MODULES:
        task = tasks.find(name)
        rows, base = _measured(task, seeds, jobs), current.measure(task)
        used = task.seeds[:seeds]
        found[name] = {"seeds": list(used), "use": base.use.words, "sizes": [table.as_json(row, base) for row in rows]}
        text += f"{_about(task, used, rows, base)}\n\n{table.markdown(name, rows, base)}\n"
    if readme:
        marked.put(START, END, text.rstrip("\n") + "\n")
    if as_json:
        print(json.dumps(found))
    else:
        Console().print(Markdown(text))


def _measured(task: Task, seeds: int, jobs: int) -> tuple[Size, ...]:
    """Loads the data only if something is missing."""
    sizes = Sizes(task, grids.find(task.name).sizes(task), task.seeds[:seeds], kept.folder(task))
    if sizes.missing():
        data = task.load()
        with progress_bar(f"sizes of {task.name}", sizes.trainings(data)) as told:
            sizes.measure(data, jobs, told)
    return sizes.rows()


def _about(task: Task, seeds: tuple[int, ...], rows: tuple[Size, ...], base: Base) -> str:
    used = f"seed {seeds[0]}" if len(seeds) == 1 else f"mean of seeds {', '.join(map(str, seeds))}"
    tested = task.protocol.partition(";")[0].removesuffix(".")
    cost = rows[0].cost
    frames = "" if cost.cycles_per_answer is None else f" Before an answer, each frame takes {cost.cycles_per_window:,} cycles."
    return f"{task.name.capitalize()}. Accuracy: {tested}; {used}.{frames} Current: {base.use.words}."
