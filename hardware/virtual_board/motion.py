"""What moves the board: acceleration at the accelerometer, in g, as a function of time only.

At rest an accelerometer shows +1 g along the axis that points up. Every source is deterministic: same time, same value.
"""

import csv
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hardware.errors import InputError
from hardware.virtual_board.ticks import Ticks, to_seconds

Vector = tuple[float, float, float]
UP: Vector = (0.0, 0.0, 1.0)
HEADER = ("x", "y", "z")  # which a file of samples may begin with, as recordings do


class MotionSource(Protocol):
    """Where the samples of the accelerometer come from."""

    def acceleration_g(self, now: Ticks) -> Vector:
        """Specific force along x, y and z of the part, in g."""


@dataclass(frozen=True)
class Rest:
    """A board that lies still. `up` is the direction away from the ground, of any length but zero."""

    up: Vector = UP

    def acceleration_g(self, now: Ticks) -> Vector:  # noqa: ARG002 - always the same
        length = math.hypot(*self.up)
        return self.up[0] / length, self.up[1] / length, self.up[2] / length


@dataclass(frozen=True)
class Tilt:
    """A board that turns evenly about its x axis, flat with z up at the start."""

    degrees_per_second: float

    def acceleration_g(self, now: Ticks) -> Vector:
        angle = math.radians(self.degrees_per_second) * to_seconds(now)
        return 0.0, math.sin(angle), math.cos(angle)


@dataclass(frozen=True)
class Walking:
    """A person who carries the board, z up: two steps a second, no two alike, and a sway at half that pace.

    Sizes are those usual for a device at the waist: some 0.3 g up and down with its second harmonic, 0.15 g forward,
    0.1 g sideways. It is a stimulus, not a data set: no model is trained on it.
    """

    steps_per_second: float = 2.0
    seed: int = 1

    def acceleration_g(self, now: Ticks) -> Vector:
        steps = to_seconds(now) * self.steps_per_second
        step = math.floor(steps)
        # the pulses are zero at a step's ends, so that their size may change there
        size = random.Random(f"{self.seed} {step}").uniform(0.8, 1.2)
        phase = 2 * math.pi * steps
        up = 0.30 * size * math.sin(phase) + 0.12 * size * math.sin(2 * phase)
        return 0.15 * size * math.sin(phase), 0.10 * math.sin(phase / 2), 1.0 + up


@dataclass(frozen=True)
class Tap:
    """A half sine of force added to another motion: a tap of some milliseconds, a jerk of a tenth of a second."""

    at: Ticks
    duration: Ticks
    peak_g: Vector
    over: MotionSource = Rest()

    def acceleration_g(self, now: Ticks) -> Vector:
        base = self.over.acceleration_g(now)
        if not self.at <= now < self.at + self.duration:
            return base
        size = math.sin(math.pi * (now - self.at) / self.duration)
        return base[0] + size * self.peak_g[0], base[1] + size * self.peak_g[1], base[2] + size * self.peak_g[2]


@dataclass(frozen=True)
class Replay:
    """Recorded samples in g at an even rate, with straight lines between them; the last one stays."""

    samples_g: tuple[Vector, ...]
    rate_hz: float

    def acceleration_g(self, now: Ticks) -> Vector:
        place = to_seconds(now) * self.rate_hz
        index = math.floor(place)
        if index >= len(self.samples_g) - 1:
            return self.samples_g[-1]
        (x0, y0, z0), (x1, y1, z1), part = self.samples_g[index], self.samples_g[index + 1], place - index
        return x0 + part * (x1 - x0), y0 + part * (y1 - y0), z0 + part * (z1 - z0)


def parse(text: str) -> MotionSource:
    """The source that a user names: "rest", "walking", or "file:PATH@HZ", a CSV file of x,y,z in g. Raises InputError."""
    if text == "rest":
        return Rest()
    if text == "walking":
        return Walking()
    if text.startswith("file:"):
        path, at, rate = text.removeprefix("file:").rpartition("@")
        return Replay(_read(Path(path)), _rate(rate, text)) if at else _no_rate(text)
    raise InputError(f"there is no motion {text!r}: give rest, walking or file:PATH@HZ")


def _no_rate(text: str) -> MotionSource:
    raise InputError(f"motion {text!r} does not say at what rate it was recorded: write {text}@50 for 50 Hz")


def _rate(rate: str, text: str) -> float:
    try:
        value = float(rate)
    except ValueError:
        value = 0.0
    if not 0 < value < math.inf:
        raise InputError(f"motion {text!r} has the rate {rate!r}: give samples per second after the @")
    return value


def _read(path: Path) -> tuple[Vector, ...]:
    try:
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"motion file {path} cannot be read: {error}") from error
    numbered = [(line, row) for line, row in enumerate(rows, 1) if row]
    if numbered and tuple(numbered[0][1]) == HEADER:
        del numbered[0]
    samples = tuple(_vector(row, path, line) for line, row in numbered)
    if not samples:
        raise InputError(f"motion file {path} is empty: give lines of x,y,z in g")
    return samples


def _vector(row: Sequence[str], path: Path, line: int) -> Vector:
    try:
        x, y, z = (float(value) for value in row)
    except ValueError:
        raise InputError(f"{path}:{line}: {','.join(row)!r} is not x,y,z in g") from None
    if not all(math.isfinite(value) for value in (x, y, z)):
        raise InputError(f"{path}:{line}: {','.join(row)!r} holds a value that is not finite")
    return x, y, z
