"""Activities at the wrist: the task as evaluation and commands take it."""

from firmware.model import features_motion
from firmware.model.data import sets
from firmware.model.evaluation.task import Task
from firmware.model.motion import cost, examples, recipes


def task() -> Task:
    return Task(
        name="motion",
        protocol="8 folds by subject (GroupKFold, 23 subjects) of spsw_har's watch; windows of 64 samples at 50 Hz, half "
        "overlapping, each labelled by most of its samples; context, where the model has it, reaches back 64 samples more.",
        attribution=sets.SPSW_HAR.attribution,
        load=examples.spsw_har,
        data_digest=examples.spsw_har_digest,
        folds=8,
        recipes=recipes.recipes(),
        modules=features_motion.MODULES,
        cost=cost.cost,
    )
