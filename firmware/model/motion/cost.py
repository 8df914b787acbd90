"""What features and a model of motion cost on the chip."""

import re
from pathlib import Path

import numpy as np

from firmware.model import features_motion
from firmware.model.evaluation.task import Cost
from firmware.model.target import Target

FUNCTIONS = ("motion_features_restart", "motion_features_add", "motion_context_restart", "motion_context_add")
DIVISION = "divide"  # the chip's own in place of the compiler's, which the whole image shares
STATE_BYTES = 1024  # more than either structure has
HOPS = 6
SEED = 1


def cost(source: Path, name: str) -> Cost:
    """Flash of features, context and model, linked alone. Cycles from one answer to the next at the most, of some noise: the
    samples of a hop, the features of its window, the model."""
    target = Target((*features_motion.MODULES, source.with_suffix(""), DIVISION), (*FUNCTIONS, f"{name}_predict_proba"))
    hop = features_motion.constant("HOP")
    width, classes = (_constant(source.with_suffix(".h"), f"{name}_{of}") for of in ("FEATURES", "CLASSES"))
    window, context = np.zeros(STATE_BYTES, np.uint8), np.zeros(STATE_BYTES, np.uint8)
    target.call("motion_features_restart", window)
    target.call("motion_context_restart", context)
    features = np.zeros(features_motion.constant("FEATURES_IN_CONTEXT"), np.int16)
    out = np.zeros(classes, np.uint16)
    samples = np.random.default_rng(SEED).integers(-2048, 2048, (HOPS, hop, 3))
    most = 0
    for number, of_hop in enumerate(samples):
        cycles = sum(target.call("motion_features_add", window, *map(int, sample), features).cycles for sample in of_hop)
        if number > 0:
            cycles += target.call("motion_context_add", context, features).cycles
            cycles += target.call(f"{name}_predict_proba", features[:width], width, out, classes).cycles
        most = max(most, cycles)
    return Cost(target.flash_bytes, most)


def _constant(header: Path, name: str) -> int:
    (value,) = re.findall(rf"\b{name} = (\d+)", header.read_text("utf-8"))
    return int(value)
