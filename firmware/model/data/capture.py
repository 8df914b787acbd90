"""A recording from a board's console, real or virtual, into a folder (folder.py)."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from firmware.console import Console, ConsoleError, Garbled, NoAnswer, Restarted
from firmware.model.data import write_folder
from firmware.model.data.sidecar import Sidecar, Vector
from firmware.stream import COUNTS_PER_G, Captured, record
from hardware.errors import InputError

CONVERTER_MIDDLE = 2048  # of 12 bits; where the preamp rests below it is kept, because a model on the chip meets it too
CONVERTER_STEP = 16  # 12 bits to full scale of 16
AXES = "xyz"
UNKNOWN = "unknown"
ATTEMPTS = 3  # at the first word: opening a port may start the board anew


@dataclass(frozen=True)
class Wanted:
    """`rate_hz`: for motion 25, 50 or 100; for sound 8000."""

    kind: str
    label: str
    seconds: int
    rate_hz: int
    subject: str = UNKNOWN
    session: str = ""


def capture(console: Console, wanted: Wanted, folder: Path, progress: Callable[[int], object] | None = None) -> Path:
    """The new file. InputError, and no file, if the board does not answer or any sample is missing."""
    try:
        identity = _identity(console)
        offset_g = _offset_g(console) if wanted.kind == "motion" else (0.0, 0.0, 0.0)
        rate = (wanted.rate_hz,) if wanted.kind == "motion" else ()
        captured = record(console, wanted.kind, wanted.seconds, wanted.label, *rate, progress=progress)
    except Garbled as error:
        raise InputError(f"a line came garbled ({error}), so nothing is kept: check the wiring, try again") from None
    except ConsoleError as error:
        raise InputError(f"the board did not send its samples ({error}), so nothing is kept: check port and power") from None
    _check(captured, wanted)
    about = Sidecar(
        rate_hz=captured.rate_hz,
        subject=wanted.subject,
        session=wanted.session,
        device=identity["address"],
        offset_g=offset_g,
        more={
            "uid": identity["uid"],
            "firmware": f"{identity['version']} {identity['hash']}",
            "recorded": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        },
    )
    if wanted.kind == "motion":
        return write_folder.motion(folder, wanted.label, captured.samples / COUNTS_PER_G, about)
    samples = (captured.samples - CONVERTER_MIDDLE) * CONVERTER_STEP
    return write_folder.sound(folder, wanted.label, samples.astype(np.int16), about)


def _identity(console: Console) -> dict[str, str]:
    for attempt in range(ATTEMPTS):
        try:
            return console.request("info").values
        except (NoAnswer, Restarted, Garbled):
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


def _offset_g(console: Console) -> Vector:
    found: dict[str, str] = {}
    for line in console.request("config", "get").lines:
        found |= line.values
    x, y, z = (int(found[f"offset_{axis}_mg"]) / 1000 for axis in AXES)
    return x, y, z


def _check(captured: Captured, wanted: Wanted) -> None:
    expected = wanted.seconds * wanted.rate_hz
    again = "so nothing is kept: try again, on a machine that is less busy or with a shorter cable"
    if captured.values["lost"] != "0":
        raise InputError(f"the board lost samples {captured.values['lost']} times, {again}")
    if not captured.whole or _gaps(captured):
        raise InputError(f"{len(captured.samples)} of {captured.values['samples']} samples came, {again}")
    if len(captured.samples) < expected:
        raise InputError(f"the recording ended after {len(captured.samples)} of {expected} samples, {again}")
    if not captured.rate_hz > 0:
        raise InputError("the recording is too short to measure its rate, so nothing is kept: record 2 seconds or more")


def _gaps(captured: Captured) -> bool:
    """Whether a line is missing, or came twice: all but the last have the same number of samples, one after another."""
    steps = {after - before for before, after in pairwise(captured.first)}
    return len(steps) > 1 or captured.first[:1] not in ((), (0,))
