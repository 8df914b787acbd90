"""What both kinds of model are to the rest of the project, in Python and in C.

The generated C is one header and one source, without heap, float or state:

    enum { NAME_FEATURES = .., NAME_CLASSES = .. };
    extern const char *const NAME_class_names[NAME_CLASSES];
    int NAME_predict(const int16_t *features, int features_length);
    int NAME_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);

Both give the class, from 0, that is most likely, the first one of several, or -1 for a wrong length. `out` receives the
probability of each class in 1/65535. Python's predict_proba gives the very same integers.
"""

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

CERTAIN = 65535  # the unit of a probability, in Python and in C

Features = NDArray[np.int16]
Labels = NDArray[np.intp]
Probabilities = NDArray[np.uint16]


class Classifier(Protocol):
    """A trained model."""

    @property
    def kind(self) -> str:
        """ "forest" or "network"."""

    @property
    def classes(self) -> tuple[str, ...]: ...

    def predict_proba(self, features: Features) -> Probabilities:
        """(n, classes) in 1/65535, of (n, features)."""

    def save(self, file: Path, name: str, about: str = "") -> None:
        """Write file.h and file.c, whose names begin with `name`; `about` is the comment at the head of both."""


def predict(model: Classifier, features: Features) -> Labels:
    """(n,) the class that the chip would give."""
    likeliest: Labels = np.argmax(model.predict_proba(features), axis=1)
    return likeliest
