"""Add recordings to a folder (folder.py). Nothing that is there is ever overwritten."""

import datetime
import io
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.model.data.folder import HEADER, check_label
from firmware.model.data.sidecar import Sidecar
from hardware.errors import InputError


def motion(folder: Path, label: str, samples_g: NDArray[np.float64], about: Sidecar) -> Path:
    """`samples_g[n, 3]`, offsets not taken off. Returns the new CSV file."""
    rows = [",".join(HEADER), *(",".join(repr(float(value)) for value in row) for row in samples_g)]
    return _add(folder / check_label(label), ".csv", ("\n".join(rows) + "\n").encode(), about)


def sound(folder: Path, label: str, samples: NDArray[np.int16], about: Sidecar) -> Path:
    """Returns the new WAV file."""
    packed = io.BytesIO()
    with wave.open(packed, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(round(about.rate_hz))
        file.writeframes(samples.astype("<i2").tobytes())
    return _add(folder / check_label(label), ".wav", packed.getvalue(), about)


def _add(folder: Path, suffix: str, content: bytes, about: Sidecar) -> Path:
    """The sidecar first: creating it takes the name, and a recording never stands without it."""
    stem = f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _take(folder, stem, suffix, about)
        beside = path.with_name(f".{path.name}.part")
        beside.write_bytes(content)
        beside.rename(path)
    except OSError as error:
        raise InputError(f"{folder} cannot be written ({error.strerror}): choose another with --out") from None
    return path


def _take(folder: Path, stem: str, suffix: str, about: Sidecar) -> Path:
    number = 1
    while True:
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
        number += 1
        if any(folder.glob(f"{path.stem}.*")):
            continue
        try:
            with path.with_suffix(".json").open("x", encoding="utf-8") as file:
                file.write(about.text())
        except FileExistsError:
            continue
        return path
