"""Activities at the wrist: the tasks as evaluation and commands take them."""

from dataclasses import replace

from firmware.model import features_motion
from firmware.model.data import sets
from firmware.model.evaluation.task import Task
from firmware.model.motion import cost, examples, recipes

WINDOWS = (
    "windows of 64 samples at 50 Hz, half overlapping, each labelled by most of its samples; context, where the model has it, "
    "reaches back 64 samples more."
)


def task() -> Task:
    return Task(
        name="motion",
        protocol=f"8 folds by subject (GroupKFold, 23 subjects) of spsw_har's watch; {WINDOWS}",
        attribution=sets.SPSW_HAR.attribution,
        load=examples.spsw_har,
        data_digest=examples.digest_of(sets.SPSW_HAR),
        folds=8,
        recipes=recipes.recipes(),
        modules=features_motion.MODULES,
        cost=cost.cost,
    )


def exercise() -> Task:
    """The same recipes on another set, on which nothing was chosen. The firmware takes no model of it."""
    return replace(
        task(),
        name="exercise",
        protocol=f"8 folds by file (GroupKFold, 32 files, one subject assumed) of har_exercise_1; {WINDOWS}",
        attribution=sets.HAR_EXERCISE_1.attribution,
        load=examples.har_exercise_1,
        data_digest=examples.digest_of(sets.HAR_EXERCISE_1),
        recipes=tuple(replace(recipe, shipped=False) for recipe in recipes.recipes()),
    )
