"""The model of all data, as the C that the firmware takes."""

import tempfile
import textwrap
from dataclasses import replace
from pathlib import Path

from firmware.model.classifier import Classifier
from firmware.model.evaluation.metrics import scores
from firmware.model.evaluation.out_of_fold import fit
from firmware.model.evaluation.results import Results
from firmware.model.evaluation.task import Cost, Data, Recipe, Task
from hardware import files, paths

FOLDER = paths.ROOT / "firmware" / "src" / "model" / "generated"
WIDTH = 120  # of the comment, in characters


def name(task: Task, recipe: Recipe) -> str:
    return f"{task.name}_{recipe.name}"


def train(task: Task, recipe: Recipe, data: Data) -> Classifier:
    """With the first seed, on the examples of all groups."""
    return fit(recipe, data.classes, data.examples(recipe), task.seeds[0])


def measured(task: Task, recipe: Recipe, model: Classifier, results: Results) -> Results:
    """With what the model costs on the chip, where that can be told."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / name(task, recipe)
        model.save(file, name(task, recipe))
        return replace(results, cost=task.cost(file.with_name(f"{file.name}.c"), file.name) if task.cost else None)


def about(task: Task, recipe: Recipe, results: Results, data_digest: str) -> str:
    """The comment at the head of the generated C."""
    found = scores(results.answers, len(results.classes))
    seeds = ", ".join(map(str, task.seeds))
    lines = [
        f"{name(task, recipe)}: {recipe.kind} of {len(results.classes)} classes.",
        f"Trained on {task.attribution}",
        f"SHA-256 of the data: {data_digest}",
        f"Tested on others than it was trained on: {task.protocol}",
        f"There accuracy {found.accuracy:.4f}, macro F1 {found.f1:.4f}, mean of seeds {seeds}.",
        *_cost(results.cost),
        f"This one has seed {task.seeds[0]} and all data. Made by: dollar train {task.name} --model {recipe.name}",
    ]
    return "\n".join(wrapped for line in lines for wrapped in textwrap.wrap(line, WIDTH, break_long_words=False))


def write(task: Task, recipe: Recipe, model: Classifier, comment: str) -> Path:
    """Header and source; each takes the place of the one before at once."""
    folder = task.generated or FOLDER
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / name(task, recipe)
        model.save(file, file.name, comment)
        for made in (f"{file.name}.h", f"{file.name}.c"):
            files.write(folder / made, file.with_name(made).read_bytes())
    return folder / made


def _cost(cost: Cost | None) -> tuple[str, ...]:
    if cost is None:
        return ()
    answer = f", {cost.cycles_per_answer} more an answer" if cost.cycles_per_answer else ""
    return (f"With its features {cost.flash_bytes} bytes of flash, {cost.cycles_per_window} cycles a window{answer}.",)
