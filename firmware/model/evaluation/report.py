"""Results as files in build/reports: JSON and figures."""

import json
from typing import Any

from firmware.model.evaluation import figures
from firmware.model.evaluation.results import Results
from firmware.model.evaluation.summary import summarise
from hardware import files, paths


def write(results: Results) -> dict[str, Any]:
    """The summary, with the names of the figures."""
    drawn = figures.draw(results)
    summary = {**summarise(results), "figures": sorted(drawn)}
    for name, svg in drawn.items():
        files.write(paths.REPORTS / name, svg)
    files.write(paths.REPORTS / f"{results.task}_{results.recipe}.json", json.dumps(summary, indent=2) + "\n")
    return summary
