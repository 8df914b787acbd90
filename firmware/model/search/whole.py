"""The model of all data: what it takes on the chip."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from firmware.model.evaluation.out_of_fold import fit
from firmware.model.evaluation.task import Data, Recipe
from firmware.model.search.score import NAME, Measure


def whole(data: Data, recipe: Recipe, seed: int, cost: Measure, ram_bytes: Callable[[Path, str], int]) -> dict[str, Any]:
    """Cost and RAM, as JSON."""
    model = fit(recipe, data.classes, data.examples(recipe), seed)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / NAME
        model.save(file, NAME)
        source = file.with_name(f"{NAME}.c")
        return {"cost": vars(cost(source, NAME)), "ram_bytes": ram_bytes(source, NAME)}
