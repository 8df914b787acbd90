"""Levels and endpoints of clips under several conditions, by the chip's own C, computed once and kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from firmware.model import features_sound
from firmware.model.evaluation import provenance
from firmware.model.features_sound import MODULES, Levels, SoundFeatures, converter_counts, loudest_stretch
from firmware.model.sound import conditions as kinds
from firmware.model.sound.conditions import Condition, drawn, heard
from hardware import paths

LEAD_FRAMES = 8  # of noise alone, before the clip's first frame
KEPT = joblib.Memory(paths.BUILD / "model" / "levels", verbose=0)

Index = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Words:
    """Of each of n words: the frames that the chip has of it, `start` the first of them in `levels` and `frames` how many; the
    endpoints, counted from there."""

    start: Index
    frames: Index
    first: Index
    end: Index

    def at(self, *place: Any) -> "Words":
        return Words(self.start[place], self.frames[place], self.first[place], self.end[place])


@dataclass(frozen=True, eq=False)
class Clips:
    """`levels[frames, 12]`, clip after clip and condition after condition. `words`: (conditions, clips)."""

    levels: Levels
    words: Words

    @property
    def conditions(self) -> int:
        return int(self.words.start.shape[0])

    def __len__(self) -> int:
        return int(self.words.start.shape[1])

    def where(self, chosen: NDArray[np.bool_]) -> "Clips":
        """The levels are shared."""
        return Clips(self.levels, self.words.at(slice(None), chosen))

    def under(self, condition: Index | int) -> Words:
        """Each clip under one condition, or under one of its own."""
        return self.words.at(condition, np.arange(len(self)))


def under(samples: Sequence[NDArray[np.int16]], conditions: Sequence[Condition | None], seed: int) -> Clips:
    """Each of the clips' samples under each condition, or for None under a noisy one of its own. The same for the same seed."""
    found: Clips = _kept(samples, conditions, seed, _made_of(samples))
    return found


def computed(samples: Sequence[NDArray[np.int16]], conditions: Sequence[Condition | None], seed: int) -> Clips:
    """The same, not kept."""
    front_end = SoundFeatures()
    levels, places = [], []
    for number, condition in enumerate(conditions):
        for clip, sound in enumerate(samples):
            rng = np.random.default_rng((seed, number, clip))
            chosen = condition or drawn(rng)
            found = loudest_stretch(front_end.levels(converter_counts(heard(sound, chosen, rng))))
            silence = int(found[:LEAD_FRAMES].sum(1, dtype=np.int64).mean()) if chosen.noise else 0
            levels.append(found)
            places.append((len(found), *front_end.endpoints(found, silence)))
    frames, first, end = np.array(places, np.intp).reshape(len(conditions), len(samples), 3).transpose(2, 0, 1)
    start = (np.cumsum(frames) - frames.ravel()).reshape(frames.shape)
    return Clips(np.concatenate(levels), Words(start, frames, first, end))


@KEPT.cache(ignore=["samples"])  # type: ignore[untyped-decorator]
def _kept(
    samples: Sequence[NDArray[np.int16]],
    conditions: Sequence[Condition | None],
    seed: int,
    made_of: str,  # noqa: ARG001 (a part of the key)
) -> Clips:
    return computed(samples, conditions, seed)


def _made_of(samples: Sequence[NDArray[np.int16]]) -> str:
    """Changes with the samples, and with the code that the levels come from."""
    content = hashlib.sha256()
    roots = (Path(features_sound.__file__), Path(kinds.__file__))
    for path in sorted({Path(__file__), *provenance.python_sources(roots), *provenance.c_sources(MODULES)}):
        content.update(path.read_bytes())
    for sound in samples:
        content.update(len(sound).to_bytes(8))
        content.update(np.ascontiguousarray(sound).data)
    return content.hexdigest()
