"""Words from recordings: to test on, to train on under many conditions, and of the stress tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.model.classifier import Features
from firmware.model.data import sets, sound_sets
from firmware.model.data.recording import Sound, SoundSet
from firmware.model.evaluation.task import Data, Examples
from firmware.model.features_sound import HOP, RATE_HZ
from firmware.model.sound import clips, word_maps
from firmware.model.sound.clips import Clips
from firmware.model.sound.conditions import AS_RECORDED, Condition, Noise
from hardware.errors import InputError

QUIET = (AS_RECORDED, Condition(skipped=HOP // 2), Condition(pitch=-2), Condition(pitch=2))
CONDITIONS = (*QUIET, *[None] * 6)  # noisy ones that no two clips share
SEED = 7
WORST_RATE_ERROR = 0.02  # half of the least change of pitch that training has

STRESS = {
    **{f"{colour} noise {snr} dB": Condition(noise=Noise(colour, snr)) for colour in ("white", "pink") for snr in (20, 10)},
    "gain +12 dB": Condition(gain_db=12),
    "gain -12 dB": Condition(gain_db=-12),
}


@dataclass(frozen=True, eq=False)
class WordExamples(Examples):
    """`clips`: the same words under the conditions to train under; `features` are those of the first one, as recorded."""

    clips: Clips

    def where(self, chosen: NDArray[np.bool_]) -> "WordExamples":
        return WordExamples(self.features[chosen], self.labels[chosen], self.groups[chosen], self.clips.where(chosen))

    def columns(self, count: int | None) -> "WordExamples":
        """All: the map of a word is one thing."""
        if count is not None:
            raise ValueError("no part of a word's map is a map")
        return self


def fsdd() -> Data:
    """The public set. Raises InputError where it is not there."""
    return data(sound_sets.fsdd())


def fsdd_digest() -> str:
    """arrays.read proves that the file holds just this."""
    return sets.FSDD.digest


def data(recordings: SoundSet, stress: Mapping[str, Condition] = STRESS) -> Data:
    """Raises InputError for another sample rate than the chip's."""
    _check_rates(recordings.recordings)
    samples = [recording.samples for recording in recordings.recordings]
    labels = np.array([recording.label for recording in recordings.recordings], np.intp)
    groups = np.array([recording.subject for recording in recordings.recordings])
    heard = clips.under(samples, CONDITIONS, SEED)
    test = Examples(_features(heard), labels, groups)
    return Data(
        classes=recordings.labels,
        test=test,
        training=WordExamples(test.features, labels, groups, heard),
        stress={name: Examples(_stressed(samples, condition), labels, groups) for name, condition in stress.items()},
        sensorless=test.features[:, -1:].astype(np.int64),
    )


def _features(heard: Clips) -> Features:
    return word_maps.features(heard.levels, heard.under(0))


def _stressed(samples: Sequence[NDArray[np.int16]], condition: Condition) -> Features:
    return _features(clips.under(samples, (condition,), SEED + 1))


def _check_rates(recordings: Sequence[Sound]) -> None:
    for recording in recordings:
        if abs(recording.rate_hz / RATE_HZ - 1) > WORST_RATE_ERROR:
            raise InputError(
                f"{recording.source} has {recording.rate_hz:g} samples a second, and the chip hears {RATE_HZ}: convert it, or "
                "record with dollar data record"
            )
