"""A model that a test can compute by hand, Python and C: the class whose mean of the first feature is nearest."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from firmware.model.classifier import CERTAIN, Features, Probabilities
from firmware.model.evaluation.task import Data, Examples, Recipe, Task

STEEPNESS = 64
CLASSES = ("low", "middle", "high")
LEVELS = (-300, 0, 300)

_HEADER = """/* {about} */
#pragma once
#include <stdint.h>
enum {{ {name}_FEATURES = {features}, {name}_CLASSES = {classes} }};
int {name}_predict(const int16_t *features, int features_length);
int {name}_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);
"""
_SOURCE = """/* {about} */
#include "{file}"
static const int32_t levels[] = {{ {levels} }};
int {name}_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length)
{{
    if (features_length != {name}_FEATURES || out_length != {name}_CLASSES) {{
        return -1;
    }}
    int best = 0;
    for (int i = 0; i < {name}_CLASSES; i++) {{
        int32_t distance = features[0] < levels[i] ? levels[i] - features[0] : features[0] - levels[i];
        out[i] = (uint16_t)(distance * {steepness} > {certain} ? 0 : {certain} - distance * {steepness} {wrong});
        best = out[i] > out[best] ? i : best;
    }}
    return best;
}}
int {name}_predict(const int16_t *features, int features_length)
{{
    uint16_t out[{name}_CLASSES];
    return {name}_predict_proba(features, features_length, out, {name}_CLASSES);
}}
"""


@dataclass(frozen=True)
class NearestLevel:
    classes: tuple[str, ...]
    levels: tuple[int, ...]
    features: int
    wrong: str = ""  # what the generated C does otherwise than this
    kind: str = "nearest level"

    def predict_proba(self, features: Features) -> Probabilities:
        distance = np.abs(features[:, :1].astype(np.int64) - self.levels)
        return np.maximum(0, CERTAIN - STEEPNESS * distance).astype(np.uint16)

    def save(self, file: Path, name: str, about: str = "") -> None:
        said: Mapping[str, Any] = {
            "about": about,
            "name": name,
            "file": f"{file.name}.h",
            "features": self.features,
            "classes": len(self.classes),
            "levels": ", ".join(map(str, self.levels)),
            "steepness": STEEPNESS,
            "certain": CERTAIN,
            "wrong": self.wrong,
        }
        file.with_name(f"{file.name}.h").write_text(_HEADER.format(**said))
        file.with_name(f"{file.name}.c").write_text(_SOURCE.format(**said))


def fit(training: Examples, classes: tuple[str, ...], seed: int, shift: int = 0, wrong: str = "") -> NearestLevel:
    """The seed moves the levels, so that seeds differ."""
    means = (round(float(training.features[training.labels == label, 0].mean())) for label in range(len(classes)))
    levels = tuple(mean + shift + 40 * seed for mean in means)
    return NearestLevel(classes, levels, training.features.shape[1], wrong)


def data(groups: int = 4, each: int = 30, seed: int = 0) -> Data:
    """Levels of three classes, with noise that makes some ambiguous. The second feature is the group's number."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, len(CLASSES), groups * each)
    of = np.repeat(np.arange(groups), each)
    features = np.stack([np.array(LEVELS)[labels] + rng.normal(0, 120, len(labels)), of], axis=1).astype(np.int16)
    test = Examples(features, labels, of.astype(str))
    louder = Examples((features * [2, 1]).astype(np.int16), labels, of.astype(str))
    return Data(CLASSES, test, test, stress={"louder": louder}, sensorless=np.arange(len(labels))[:, None] % each)


def load() -> Data:
    return data()


def data_digest() -> str:
    return "0" * 64


def task(**settings: Any) -> Task:
    recipes = (
        Recipe("plain", "nearest level", fit, settings),
        Recipe("plain_without_context", "nearest level", fit, settings, columns=1),
    )
    return Task("levels", "4 people, one held out.", "nobody", load, data_digest, None, recipes, (), seeds=(0, 1))
