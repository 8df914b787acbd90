"""Windows with features from recordings: to test on, to train on, and of the stress tests."""

from collections.abc import Callable, Iterable

import numpy as np

from firmware.model import features_motion
from firmware.model.data import motion_sets, sets
from firmware.model.data.recording import Motion, MotionSet
from firmware.model.evaluation.task import Data, Examples, joined
from firmware.model.motion import augmentation, stream, stress
from firmware.model.motion.stream import Stream

TRAINING_HOP = 16  # samples; the chip's own hop, twice as long, is what is tested
WALKING, TURNING = "WALKING", "TURNING"


def spsw_har() -> Data:
    """The wrist's recordings of the public set, held out by subject. Raises InputError where it is not there."""
    return data(motion_sets.spsw_har(motion_sets.WATCH), lambda recording: recording.subject)


def har_exercise_1() -> Data:
    """Held out by file, as all may be of one person. Raises InputError where it is not there."""
    return data(motion_sets.har_exercise_1(), lambda recording: recording.source)


def digest_of(public: sets.PublicSet) -> Callable[[], str]:
    """Reading the file proves that it holds just this."""
    return lambda: public.digest


def data(recordings: MotionSet, group: Callable[[Motion], str]) -> Data:
    """`group`: whom, or what, a recording is held out with."""
    streams = [stream.of(recording, group(recording)) for recording in recordings.recordings]
    changed = (stream.of(copy, group(copy)) for copy in augmentation.copies(recordings.recordings))
    test = windows(streams)
    return Data(
        classes=recordings.labels,
        test=test,
        training=windows(streams, TRAINING_HOP),
        copies=windows(changed, TRAINING_HOP),
        stress=_stress(streams, recordings.labels),
        sensorless=_places(streams),
    )


def windows(streams: Iterable[Stream], hop: int | None = None) -> Examples:
    """All windows, with context, but for those across a seam. `hop`: the chip's if not said."""
    return joined([_windows(one, hop) for one in streams])


def _windows(one: Stream, hop: int | None) -> Examples:
    features = features_motion.windows(one.counts, context=True, hop=hop)
    starts = np.arange(len(features))[:, None] * (hop or features_motion.constant("HOP"))
    torn = np.any((one.seams > starts) & (one.seams < starts + features_motion.constant("WINDOW")), axis=1)
    labels = features_motion.labels_of_windows(one.label, hop)
    return Examples(features, labels, np.full(len(features), one.group)).where(~torn)


def _places(streams: Iterable[Stream]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """The number of each test window in its recording: all that is known of it without a sensor."""
    hop = features_motion.constant("HOP")
    counts = [features_motion.count_windows(len(one.counts), hop) for one in streams]
    return np.concatenate([np.arange(count, dtype=np.int64) for count in counts])[:, None]


def _stress(streams: Iterable[Stream], labels: tuple[str, ...]) -> dict[str, Examples]:
    """None for recordings without walks and turns."""
    if not {WALKING, TURNING} <= set(labels):
        return {}
    walking, turning = labels.index(WALKING), labels.index(TURNING)
    return {
        "walks doubled": windows(stress.doubled(one, walking) for one in streams),
        "walks cut out": windows(stress.without(one, (walking, turning)) for one in streams),
    }
