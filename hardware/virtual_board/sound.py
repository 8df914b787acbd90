"""Sound at the microphone's port: pressure over time.

A source is a function of time alone, so that any stretch of it can be asked for again: snapshots need not store it.
"""

import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hardware.errors import InputError
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

Pascals = NDArray[np.float64]

REFERENCE_PA = 20e-6  # 0 dB SPL, RMS
DEFAULT_DB_SPL = 70.0  # a voice at 0.3 m
_AUDIBLE_HZ = (1.0, 20_000.0)
_LOUDNESS_DB = (0.0, 194.0)  # beyond it air no longer moves to and fro


class SoundSource(Protocol):
    def pascal(self, first: Ticks, step: Ticks, count: int) -> Pascals:
        """Pressure at `count` moments from `first`, `step` ticks apart."""


def rms_pa(db_spl: float) -> float:
    return REFERENCE_PA * 10 ** (db_spl / 20)


@dataclass(frozen=True)
class Silence:
    def pascal(self, first: Ticks, step: Ticks, count: int) -> Pascals:
        return np.zeros_like(_seconds(first, step, count))


@dataclass(frozen=True)
class Tone:
    hertz: float
    db_spl: float = DEFAULT_DB_SPL

    def pascal(self, first: Ticks, step: Ticks, count: int) -> Pascals:
        peak = rms_pa(self.db_spl) * 2**0.5
        return peak * np.sin(2 * np.pi * self.hertz * _seconds(first, step, count))


@dataclass(frozen=True, eq=False)
class Recording:
    """Samples in pascal at a rate, linear in between, over and over."""

    samples: Pascals
    rate_hz: float

    def pascal(self, first: Ticks, step: Ticks, count: int) -> Pascals:
        place = _seconds(first, step, count) * self.rate_hz % len(self.samples)
        before = place.astype(int) % len(self.samples)
        share = place - np.floor(place)
        following = self.samples[(before + 1) % len(self.samples)]
        between: Pascals = self.samples[before] * (1 - share) + following * share
        return between


def parse(text: str) -> SoundSource:
    """A source from its name: silence, tone:HERTZ[:DB_SPL], file:PATH.wav[:DB_SPL] (16 bit mono; loudness is its RMS).

    InputError for anything else.
    """
    kind, *rest = text.split(":")
    try:
        match kind, rest:
            case "silence", []:
                return Silence()
            case "tone", [hertz]:
                return Tone(_within(_AUDIBLE_HZ, hertz))
            case "tone", [hertz, db_spl]:
                return Tone(_within(_AUDIBLE_HZ, hertz), _within(_LOUDNESS_DB, db_spl))
            case "file", [path]:
                return _recording(Path(path), DEFAULT_DB_SPL)
            case "file", [path, db_spl]:
                return _recording(Path(path), _within(_LOUDNESS_DB, db_spl))
    except ValueError:
        pass
    raise InputError(f"there is no sound {text!r}: say silence, tone:HERTZ, tone:HERTZ:DB_SPL or file:PATH.wav")


def _within(limits: tuple[float, float], text: str) -> float:
    """InputError if the number is beyond the limits, ValueError if it is none."""
    value = float(text)
    if not limits[0] <= value <= limits[1]:
        raise InputError(f"the sound's {text} is not between {limits[0]:g} and {limits[1]:g}: give Hz and dB SPL of that range")
    return value


def _recording(path: Path, db_spl: float) -> Recording:
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getsampwidth(), file.getnchannels()) != (2, 1):
                raise InputError(f"{path} is not 16 bit mono: convert it, for example with sox {path} -b 16 -c 1 new.wav")
            rate, samples = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    except (OSError, EOFError, wave.Error) as error:
        raise InputError(f"{path} cannot be read as a WAV file ({error}): give a 16 bit mono recording") from None
    rms = float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
    if not rms:
        raise InputError(f"{path} holds no sound: give a recording that is not silent")
    return Recording(samples * (rms_pa(db_spl) / rms), float(rate))


def _seconds(first: Ticks, step: Ticks, count: int) -> Pascals:
    return (first + step * np.arange(count, dtype=np.int64)) / TICKS_PER_SECOND
