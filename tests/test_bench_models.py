"""The comparison with other generators and front ends; what must be downloaded for it is left out here."""

import dataclasses
import json
import sys

import numpy as np
import pytest

from firmware.model.forest import ForestSettings, fit
from hardware.errors import InputError, ToolError
from scripts.bench_models import __main__ as bench
from scripts.bench_models import forests, frames, packages

SMALL = ForestSettings(trees=4, leaves=8, distributions=12)


def not_here() -> None:
    raise ToolError("pip cannot get it")


def no_data(device: str) -> None:
    raise InputError(f"no {device}")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "cmsis_dsp", not_here)
    monkeypatch.setattr(packages, "kissfft", not_here)
    monkeypatch.setattr(bench.motion_sets, "spsw_har", no_data)
    monkeypatch.setattr(bench, "ForestSettings", lambda: SMALL)
    monkeypatch.setattr(forests, "WINDOWS", 40)


@pytest.mark.usefixtures("offline")
def test_every_generator_and_front_end_has_its_figures(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench_models", "--json"])
    bench.main()
    found = json.loads(capsys.readouterr().out)
    assert found["data"] == "synthetic, as spsw_har is not here"
    assert found["settings"] == dataclasses.asdict(SMALL)
    rows = {row["name"]: row for row in found["forests"]}
    assert list(rows) == list(forests.GENERATORS)
    assert rows["ours"]["wrong"] == rows["m2cgen"]["wrong"] == 0
    assert rows["emlearn inline"]["wrong"] > 0  # a majority vote is not the mean
    for row in rows.values():
        assert rows["ours"]["flash_bytes"] <= row["flash_bytes"]
        assert 0 < row["cycles_mean"] <= row["cycles_worst"]
        assert row["ram_bytes"] > 0
    sound = {row["name"]: row for row in found["frames"]}
    assert sound["ours"]["wrong"] < 0.2
    assert sound["ours"]["fft_cycles"] < sound["ours"]["cycles_mean"] < sound["emlearn, eml_audio"]["cycles_mean"]
    missing = [row for row in sound.values() if row["note"] == "pip cannot get it"]
    assert len(missing) == 3
    assert all(row["flash_bytes"] is None and row["fft_cycles"] is None for row in missing)


def test_what_does_not_fit_has_a_size_and_no_cycles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forests, "FLASH_BYTES", 100)
    features, labels, classes = bench._synthetic(200, 5)
    (row, *_) = forests.compare(fit(features, labels, classes, SMALL, 1), features[:2])
    assert (row.cycles_mean, row.wrong) == (None, None)
    assert row.flash_bytes is not None
    assert "does not fit" in row.note


def test_the_reference_hears_a_tone_in_its_band() -> None:
    """A band's middle, of the twelve between 100 and 3800 Hz."""
    edges = frames.sound_tables.band_edges()
    tone = 2048 + 1000 * np.sin(2 * np.pi * edges[6] * np.arange(256) / 256)
    levels = frames.reference(np.rint(tone).astype(np.uint16)[None])[0]
    assert np.argmax(levels) == 5
