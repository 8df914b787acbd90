"""What there is to train and to test: filled in once for motion and once for sound."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.model.classifier import Classifier, Features, Labels

Groups = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Examples:
    """`features[n, f]`, `labels[n]`, and of whom each is: `groups[n]`."""

    features: Features
    labels: Labels
    groups: Groups

    def __post_init__(self) -> None:
        if not len(self.features) == len(self.labels) == len(self.groups):
            raise ValueError(f"{len(self.features)} examples, {len(self.labels)} labels, {len(self.groups)} groups")

    def __len__(self) -> int:
        return len(self.labels)

    def where(self, chosen: NDArray[np.bool_]) -> "Examples":
        return Examples(self.features[chosen], self.labels[chosen], self.groups[chosen])

    def columns(self, count: int | None) -> "Examples":
        """Their first features, all for None."""
        return Examples(np.ascontiguousarray(self.features[:, :count]), self.labels, self.groups)


def joined(parts: Sequence[Examples]) -> Examples:
    return Examples(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.groups for part in parts]),
    )


@dataclass(frozen=True, eq=False)
class Data:
    """`test` is as the chip would see it, `training` may overlap more. `copies`: of training, changed so that a model learns what
    does not matter. `stress`: the same people under other conditions. `sensorless[n, k]`: what can be known of each of `test`
    without a sensor, such as when it was taken; a model of only this shows how much the protocol gives away.
    """

    classes: tuple[str, ...]
    test: Examples
    training: Examples
    copies: Examples | None = None
    stress: Mapping[str, Examples] = field(default_factory=dict)
    sensorless: NDArray[np.int64] | None = None

    def examples(self, recipe: "Recipe") -> Examples:
        """What this recipe trains on, if nobody is held out."""
        wanted = self.copies if recipe.copies else None
        return (self.training if wanted is None else joined((self.training, wanted))).columns(recipe.columns)


@dataclass(frozen=True)
class Recipe:
    """How a model is made. `name` names files and is an option of the command; `kind` as of Classifier. `fit` takes training
    examples, the names of the classes, a seed, and `settings` as keywords. It sees the first `columns` of the features, all for
    None, and the copies if `copies`. `shipped`: its C goes into firmware/src/model/generated.
    """

    name: str
    kind: str
    fit: Callable[..., Classifier]
    settings: Mapping[str, Any]
    columns: int | None = None
    copies: bool = True
    shipped: bool = True


@dataclass(frozen=True)
class Cost:
    """Of features or front end and model together, on the chip. A window is what one answer takes, or, where that is of many
    windows, each of them, and `cycles_per_answer` are those after the last one.
    """

    flash_bytes: int
    cycles_per_window: int
    cycles_per_answer: int | None = None


@dataclass(frozen=True)
class Task:
    """`load` makes the examples; `data_digest` names what they are made of, at little cost. `folds`: how many, None for one a
    group. `protocol` and `attribution` are sentences for reports and the head of the generated C. `modules`: C of features or
    front end, below firmware/src. `cost` takes the source file of a model and the name in it. The first recipe is the default.
    `generated`: where the C goes, the firmware's sources for None. `data_name`: of other data than the public set.
    """

    name: str
    protocol: str
    attribution: str
    load: Callable[[], Data]
    data_digest: Callable[[], str]
    folds: int | None
    recipes: tuple[Recipe, ...]
    modules: tuple[str, ...]
    cost: Callable[[Path, str], Cost] | None = None
    seeds: tuple[int, ...] = (0, 1, 2)
    generated: Path | None = None
    data_name: str = ""

    @property
    def place(self) -> str:
        """Names what is kept of the task: results, figures."""
        return f"{self.name}_{self.data_name}" if self.data_name else self.name
