"""Results and final model of a recipe, one after the other, kept as soon as both are there."""

from dataclasses import dataclass

from firmware.model.classifier import Classifier
from firmware.model.evaluation import final, out_of_fold, provenance, store
from firmware.model.evaluation.out_of_fold import Progress
from firmware.model.evaluation.provenance import Provenance
from firmware.model.evaluation.results import Results
from firmware.model.evaluation.task import Data, Recipe, Task


@dataclass(frozen=True)
class Trained:
    results: Results
    model: Classifier


def run(task: Task, recipe: Recipe, data: Data, jobs: int = -1, progress: Progress = lambda: None) -> Trained:
    """Writes nothing but the store."""
    made_of = provenance_of(task, recipe)  # before: if a source changes meanwhile, the results are those of the old one
    results = out_of_fold.evaluate(task, recipe, data, jobs, progress)
    model = final.train(task, recipe, data)
    results = final.measured(task, recipe, model, results)
    store.write(results, made_of)
    return Trained(results, model)


def stale(task: Task, recipe: Recipe, made_of: Provenance) -> str:
    """What changed since results of this provenance were stored, in words; empty if nothing did."""
    return made_of.changed(provenance_of(task, recipe))


def provenance_of(task: Task, recipe: Recipe) -> Provenance:
    return provenance.of(task, recipe, (out_of_fold.evaluate, final.measured))
