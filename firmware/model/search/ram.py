"""RAM that a model takes on the chip together with its features or front end: state, arguments, and the deepest stack."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from firmware.model import features_motion, features_sound
from firmware.model.features_sound import BANDS, HOP, MIDDLE, SoundFeatures
from firmware.model.motion import cost as motion_cost
from firmware.model.sound import cost as sound_cost
from firmware.model.target import Target

Measure = Callable[[Path, str], int]
POINTS_BYTES = 512  # of the transform, on the stack of who asks for a frame
NUMBER_BYTES = 2  # a feature, a probability, a sample
SAMPLES = 64  # a window: its last sample has the statistics computed


def motion(source: Path, name: str) -> int:
    """Window, past, features and probabilities are static or on a stack below; none of them ends before the answer."""
    ffi, _ = features_motion.library()
    state = int(ffi.sizeof("struct motion_window")) + int(ffi.sizeof("struct motion_context"))
    target = Target(
        (*features_motion.MODULES, source.with_suffix(""), motion_cost.DIVISION),
        (*motion_cost.FUNCTIONS, f"{name}_predict_proba"),
    )
    window = np.zeros(motion_cost.STATE_BYTES, np.uint8)
    features = np.zeros(features_motion.constant("FEATURES_IN_CONTEXT"), np.int16)
    target.call("motion_features_restart", window)
    of_features = max(target.call("motion_features_add", window, 0, 0, 1024, features).stack_bytes for _ in range(SAMPLES))
    width, classes, of_model = _model(target, source, name)
    return state + NUMBER_BYTES * (width + classes) + max(of_features, of_model)


def sound(source: Path, name: str) -> int:
    """Two hops of samples and the levels of the last second stay; either a frame or an answer is computed."""
    state = int(SoundFeatures().ffi.sizeof("frame_ring")) + 2 * HOP * NUMBER_BYTES
    target = Target(
        (*features_sound.MODULES, source.with_suffix(""), sound_cost.DIVISION),
        (*sound_cost.FUNCTIONS, f"{name}_predict_proba"),
    )
    hop, points, levels = np.full(HOP, MIDDLE, np.uint16), np.zeros(POINTS_BYTES, np.uint8), np.zeros(BANDS, np.uint8)
    of_frame = POINTS_BYTES + target.call("log_mel_frame", hop, hop, points, levels).stack_bytes
    width, classes, of_model = _model(target, source, name)
    return state + max(of_frame, NUMBER_BYTES * (width + classes) + of_model)


def _model(target: Target, source: Path, name: str) -> tuple[int, int, int]:
    """Features, classes, and bytes of the stack."""
    header = source.with_suffix(".h").read_text("utf-8")
    width, classes = (int(re.findall(rf"\b{name}_{of} = (\d+)", header)[0]) for of in ("FEATURES", "CLASSES"))
    call = target.call(f"{name}_predict_proba", np.zeros(width, np.int16), width, np.zeros(classes, np.uint16), classes)
    return width, classes, call.stack_bytes


MEASURES: dict[str, Measure] = {"motion": motion, "sound": sound}
