"""What front end and a model of words cost on the chip."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.model import features_sound
from firmware.model.evaluation.task import Cost
from firmware.model.features_sound import BANDS, FEATURES, FRAME, HOP, MIDDLE, RING_FRAMES, Counts
from firmware.model.target import Target

FUNCTIONS = ("log_mel_frame", "frame_ring_clear", "frame_ring_push", "endpoints_find", "sound_map_make")
DIVISION = "divide"  # the chip's own in place of the compiler's, which the whole image shares
POINTS = 128  # words that a frame needs
AMPLITUDES = (3, 300, 3000)  # of noise, in counts: the last one clips
SEED = 1


def cost(source: Path, name: str) -> Cost:
    """Flash of front end and model, linked alone. A window is a frame of 256 samples, of noise, quiet to clipping. An answer
    takes endpoints, map and model once more, here of a word as long as the chip can keep.
    """
    target = Target((*features_sound.MODULES, source.with_suffix(""), DIVISION), (*FUNCTIONS, f"{name}_predict_proba"))
    frame = max(_frame_cycles(target, sound) for sound in _sounds())
    return Cost(target.flash_bytes, frame, _answer_cycles(target, name, _classes(source.with_suffix(".h"), name)))


def _sounds() -> list[Counts]:
    rng = np.random.default_rng(SEED)
    noise = [MIDDLE + amplitude * rng.standard_normal(FRAME) for amplitude in AMPLITUDES]
    return [np.clip(sound, 0, 2 * MIDDLE - 1).astype(np.uint16) for sound in noise]


def _frame_cycles(target: Target, sound: Counts) -> int:
    points, levels = np.zeros(POINTS, np.uint32), np.zeros(BANDS, np.uint8)
    return target.call("log_mel_frame", sound[:HOP], sound[HOP:], points, levels).cycles


def _answer_cycles(target: Target, name: str, classes: int) -> int:
    ring = _full_ring()
    word = target.call("endpoints_find", ring, 0)
    features, out = np.zeros(FEATURES, np.int16), np.zeros(classes, np.uint16)
    made = target.call("sound_map_make", ring, word.result, features)
    said = target.call(f"{name}_predict_proba", features, len(features), out, len(out))
    return word.cycles + made.cycles + said.cycles


def _full_ring() -> NDArray[np.uint8]:
    """frame_ring of equal levels: the word is as long as it."""
    levels = np.full(RING_FRAMES * BANDS, 100, np.uint8)
    return np.append(levels, np.array([0, RING_FRAMES], np.uint8))  # next, count


def _classes(header: Path, name: str) -> int:
    (classes,) = re.findall(rf"\b{name}_CLASSES = (\d+)", header.read_text("utf-8"))
    return int(classes)
