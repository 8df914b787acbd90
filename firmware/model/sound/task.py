"""Spoken words: the task as evaluation and commands take it."""

from firmware.model import features_sound
from firmware.model.data import sets
from firmware.model.evaluation.task import Task
from firmware.model.sound import cost, examples, recipes


def task() -> Task:
    return Task(
        name="sound",
        protocol="leave one speaker out (LeaveOneGroupOut, 6 speakers) of fsdd_8k's ten digits, 500 clips of each speaker; front "
        "end and model in the chip's integers; a window is a frame of 256 samples at 8 kHz, an answer is of a word.",
        attribution=sets.FSDD.attribution,
        load=examples.fsdd,
        data_digest=examples.fsdd_digest,
        folds=None,
        recipes=recipes.recipes(),
        modules=features_sound.MODULES,
        cost=cost.cost,
    )
