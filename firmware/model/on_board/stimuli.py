"""What a simulated board is moved by and hears, from the public sets: data:LABEL, such as data:WALKING or data:7."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from firmware.model.data import motion_sets, sound_sets
from firmware.model.data.recording import Motion
from hardware.errors import InputError
from hardware.virtual_board import motion as motions
from hardware.virtual_board import sound as sounds
from hardware.virtual_board.motion import MotionSource, Vector
from hardware.virtual_board.sound import DEFAULT_DB_SPL, Recording, SoundSource, rms_pa
from hardware.virtual_board.ticks import Ticks, to_seconds

PREFIX = "data:"
JOIN_S = 0.02  # from the end of a stretch, in a straight line, to its begin
PAUSE_S = 1.5  # between two words


@dataclass(frozen=True, eq=False)
class Repeated:
    """Samples [n, 3] in g, taken at these times from 0 on, over and over."""

    samples_g: NDArray[np.float64]
    time_s: NDArray[np.float64]

    def acceleration_g(self, now: Ticks) -> Vector:
        period_s = float(self.time_s[-1]) + JOIN_S
        x, y, z = (float(np.interp(to_seconds(now), self.time_s, axis, period=period_s)) for axis in self.samples_g.T)
        return x, y, z


def motion(text: str) -> MotionSource:
    """As hardware.virtual_board.motion.parse, and data:LABEL: the longest stretch of this activity that a watch of spsw_har
    recorded. InputError for anything else, or where the set is not there."""
    if not text.startswith(PREFIX):
        return motions.parse(text)
    found = motion_sets.spsw_har(motion_sets.WATCH)
    label = _index(text, "motion", found.labels)
    recording, first, end = max(
        (stretch for one in found.recordings for stretch in _stretches(one, label)),
        key=lambda stretch: float(stretch[0].time_s[stretch[2] - 1] - stretch[0].time_s[stretch[1]]),
    )
    return Repeated(recording.samples_g[first:end], recording.time_s[first:end] - recording.time_s[first])


def sound(text: str) -> SoundSource:
    """As hardware.virtual_board.sound.parse, and data:LABEL: the first clip of this word in fsdd_8k, after a pause each."""
    if not text.startswith(PREFIX):
        return sounds.parse(text)
    found = sound_sets.fsdd()
    label = _index(text, "sound", found.labels)
    clip = next(one for one in found.recordings if one.label == label)
    samples = clip.samples.astype(float)
    spoken = samples * (rms_pa(DEFAULT_DB_SPL) / np.sqrt(np.mean(samples**2)))
    return Recording(np.concatenate((np.zeros(round(PAUSE_S * clip.rate_hz)), spoken)), clip.rate_hz)


def _index(text: str, kind: str, labels: tuple[str, ...]) -> int:
    wanted = text.removeprefix(PREFIX)
    if wanted not in labels:
        raise InputError(f"there is no {kind} {text!r}: say {', '.join(f'{PREFIX}{label}' for label in labels)}")
    return labels.index(wanted)


def _stretches(recording: Motion, label: int) -> list[tuple[Motion, int, int]]:
    """With first sample and the one behind the last."""
    runs = [list(places) for _, places in groupby(range(len(recording.label)), key=lambda place: int(recording.label[place]))]
    return [(recording, run[0], run[-1] + 1) for run in runs if recording.label[run[0]] == label]
