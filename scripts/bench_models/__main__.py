"""`python -m scripts.bench_models [--json]`: part of `make bench`."""

import argparse
import dataclasses
import json
import sys

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from firmware.model.classifier import Features, Labels
from firmware.model.data import motion_sets, sets
from firmware.model.forest import ForestSettings, fit
from firmware.model.motion import examples, stream
from hardware.errors import InputError
from scripts.bench_models import forests, frames
from scripts.bench_models.measured import Measured

SEED = 1
SYNTHETIC_CLASSES = 5


def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench_models", description=__doc__)
    arguments.add_argument("--json", action="store_true")
    as_json = arguments.parse_args().json
    settings = ForestSettings()
    features, labels, classes, data = _windows()
    of_forests = forests.compare(fit(features, labels, classes, settings, SEED), features)
    of_frames = frames.compare()
    if as_json:
        found = {
            "data": data,
            "settings": dataclasses.asdict(settings),
            "forests": [dataclasses.asdict(row) for row in of_forests],
            "frames": [{**dataclasses.asdict(row), "fft_cycles": fft} for row, fft in of_frames],
        }
        print(json.dumps(found, indent=2))
        return
    console = Console()
    title = f"one forest of {settings.trees} trees with {settings.leaves} leaves, {features.shape[1]} features; windows: {data}"
    console.print(_table(title, "unlike scikit-learn", [(row, _share(row)) for row in of_forests]))
    title = "one frame of sound: 256 samples, differences, Hann window, power spectrum, 12 mel bands, logarithm"
    console.print(_table(title, "error, dB", [(row, _error(row)) for row, _ in of_frames], [fft for _, fft in of_frames]))


def _windows() -> tuple[Features, Labels, tuple[str, ...], str]:
    """What to learn and to predict; the last one says what it is."""
    try:
        recordings = motion_sets.spsw_har(motion_sets.WATCH)
    except InputError:
        return (*_synthetic(), f"synthetic, as {sets.SPSW_HAR.name} is not here")
    found = examples.windows(stream.of(recording, recording.subject) for recording in recordings.recordings)
    return found.features, found.labels, recordings.labels, sets.SPSW_HAR.name


def _synthetic(count: int = 3000, width: int = 120) -> tuple[Features, Labels, tuple[str, ...]]:
    """Overlapping classes in features of the same range as those of motion."""
    rng = np.random.default_rng(SEED)
    labels = rng.integers(0, SYNTHETIC_CLASSES, count)
    middles = rng.normal(0, 100, (SYNTHETIC_CLASSES, width))
    features: NDArray[np.float64] = middles[labels] + rng.normal(0, 250, (count, width))
    return np.rint(features).astype(np.int16), labels, tuple(f"class {number}" for number in range(SYNTHETIC_CLASSES))


def _table(title: str, wrong: str, rows: list[tuple[Measured, str]], fft: list[int | None] | None = None) -> Table:
    table = Table("by", "flash, B", "RAM, B", "cycles", "at most", wrong, title=title)
    if fft:
        table.add_column("FFT and power alone")
    table.add_column("")
    for number, (row, value) in enumerate(rows):
        cells = [row.name, *map(_number, (row.flash_bytes, row.ram_bytes, row.cycles_mean, row.cycles_worst)), value]
        table.add_row(*cells, *([_number(fft[number])] if fft else []), row.note)
    return table


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _share(row: Measured) -> str:
    return "" if row.wrong is None else f"{row.wrong:.1%}"


def _error(row: Measured) -> str:
    return "" if row.wrong is None else f"{row.wrong:.2f}"


if __name__ == "__main__":
    try:
        main()
    except InputError as error:
        sys.exit(f"error: {error}")
