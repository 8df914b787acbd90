"""The study as JSON, and where its plots are."""

import json
from pathlib import Path
from typing import Any

from hardware import files, paths
from hardware.analogue import plots
from hardware.analogue.study import Result, Study

_DIGITS = 4


def as_json(study: Study, plot_names: list[str]) -> dict[str, Any]:
    """Keys: ok, results (one object per quantity and condition), plots (file names)."""
    return {"ok": study.ok, "results": [_result(result) for result in study.results], "plots": plot_names}


def write(study: Study, folder: Path = paths.REPORTS) -> dict[str, Any]:
    """Write analogue.json and the plots into the folder; returns what the JSON says."""
    drawn = plots.draw(study)
    for name, svg in drawn.items():
        files.write(folder / name, svg)
    summary = as_json(study, sorted(drawn))
    files.write(folder / "analogue.json", json.dumps(summary, indent=2) + "\n")
    return summary


def _result(result: Result) -> dict[str, Any]:
    limit = result.limit
    return {
        "quantity": limit.name,
        "text": limit.text,
        "condition": result.condition,
        "unit": limit.unit,
        "nominal": _rounded(result.nominal),
        "lowest": _rounded(result.lowest),
        "highest": _rounded(result.highest),
        "minimum": limit.minimum,
        "maximum": limit.maximum,
        "ok": result.ok,
        "reason": limit.reason,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{_DIGITS}g}")
