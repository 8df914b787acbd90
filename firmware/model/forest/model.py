"""A trained forest: predictions by scikit-learn, and the C that gives the very same ones."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from firmware.model.classifier import CERTAIN, Features, Probabilities
from firmware.model.forest.conversion import convert
from firmware.model.forest.encoding import encode
from firmware.model.forest.grid import Shifts
from firmware.model.forest.leaves import ONE
from hardware import files
from hardware.errors import InputError

MOST_TREES = 511  # so that different sums stay different in 1/65535, and the sum over all trees fits 16 bits
MEAN_BITS = 16


@dataclass(frozen=True)
class Forest:
    estimator: Any
    """RandomForestClassifier or ExtraTreesClassifier, rounded as grid.py and leaves.py say; its labels are 0 to classes - 1."""
    classes: tuple[str, ...]
    shift: Shifts
    """Of each feature."""
    kind: str = "forest"

    def predict_proba(self, features: Features) -> Probabilities:
        """(n, classes) in 1/65535, of (n, features): scikit-learn's, rounded as the C rounds them."""
        trees = len(self.estimator.estimators_)
        sums = np.rint(self.estimator.predict_proba(features) * (ONE * trees)).astype(np.uint64)
        found: Probabilities = (sums * mean_factor(trees) >> MEAN_BITS).astype(np.uint16)
        return found

    def save(self, file: Path, name: str, about: str = "") -> None:
        """Write file.h and file.c. Raises InputError for what the format cannot hold, or a name that C would refuse."""
        if not (name.isidentifier() and name.isascii()):
            raise InputError(f"{name!r} cannot begin names in C: use letters, digits and _")
        about = (about or f"Written by {__name__}.").replace("*/", "* /").replace("\n", "\n * ")
        values = self._content() | {"name": name, "about": about, "header": f"{file.name}.h"}
        templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            undefined=StrictUndefined,
            keep_trailing_newline=True,
            autoescape=False,
        )
        for suffix in (".h", ".c"):
            files.write(file.with_name(file.name + suffix), templates.get_template(f"forest{suffix}.j2").render(values))

    def _content(self) -> dict[str, Any]:
        arrays = convert(self.estimator)
        features = int(self.estimator.n_features_in_)
        encoded = encode(arrays, features, self.shift)
        return {
            "features": features,
            "classes": [json.dumps(name, ensure_ascii=False) for name in self.classes],  # quoted as C does
            "shifts": self.shift.tolist(),
            "distributions": arrays.distributions,
            "trees": [list(tree) for tree in encoded.trees],
            "lengths": [len(tree) for tree in encoded.trees],
            "first_leaf": encoded.first_leaf,
            "mean": mean_factor(len(encoded.trees)),
        }


def mean_factor(trees: int) -> int:
    """A sum of distributions over the trees times this is the mean in 1/65535, in 1/65536, never less than exact.

    The greatest sum becomes 65535, different ones stay different, and no product needs more than 32 bits.
    """
    return -(-(CERTAIN << MEAN_BITS) // (ONE * trees))
