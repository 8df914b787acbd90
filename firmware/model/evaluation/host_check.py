"""The generated C of a model against its Python, on this machine."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from firmware.model import native
from firmware.model.classifier import Classifier, Features, Probabilities

_NAME = "checked"


@dataclass(frozen=True)
class Mismatches:
    """Windows of which C and Python differ: in the class, in any probability."""

    classes: int
    probabilities: int

    def __add__(self, other: "Mismatches") -> "Mismatches":
        return Mismatches(self.classes + other.classes, self.probabilities + other.probabilities)


def mismatches(model: Classifier, features: Features) -> Mismatches:
    """Raises ToolError if the compiler refuses what was generated."""
    expected = model.predict_proba(features)
    found, classes = predictions_of_c(model, features)
    return Mismatches(
        int(np.count_nonzero(classes != expected.argmax(axis=1))),
        int(np.count_nonzero((found != expected).any(axis=1))),
    )


def predictions_of_c(model: Classifier, features: Features) -> tuple[Probabilities, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """(probabilities, classes); the class is that of NAME_predict."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        model.save(folder / _NAME, _NAME)
        ffi, lib = native.load(_NAME, (_NAME,), sources=folder, output=folder)
        rows = np.ascontiguousarray(features, np.int16)
        probabilities = np.zeros((len(rows), len(model.classes)), np.uint16)
        classes = np.empty(len(rows), np.intp)
        width, names = rows.shape[1], len(model.classes)
        for index, row in enumerate(rows):
            given = ffi.from_buffer("int16_t[]", row)
            out = ffi.from_buffer("uint16_t[]", probabilities[index])
            getattr(lib, f"{_NAME}_predict_proba")(given, width, out, names)
            classes[index] = getattr(lib, f"{_NAME}_predict")(given, width)
        return probabilities, classes
