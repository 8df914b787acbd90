"""The real data sets as what models learn from; tests that need one are skipped where it is not."""

import functools

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.model import features_motion
from firmware.model.data import motion_sets, place, sets


def real(public: sets.PublicSet) -> pytest.MarkDecorator:
    there = (place.folder() / public.file).is_file()
    return pytest.mark.skipif(not there, reason=f"{public.name} is not in {place.folder()}: dollar data fetch {public.name}")


@functools.cache
def motion_windows(context: bool) -> tuple[NDArray[np.int16], NDArray[np.intp], NDArray[np.str_], tuple[str, ...]]:
    """Features, labels and subjects of spsw_har's watch, and what the labels stand for."""
    found = motion_sets.spsw_har(motion_sets.WATCH)
    features, labels, subjects = [], [], []
    for recording in found.recordings:
        counts = features_motion.as_sensor(recording.samples_g, recording.time_s)
        features.append(features_motion.windows(counts, context))
        labels.append(features_motion.labels_of_windows(features_motion.labels_of_samples(recording.label, recording.time_s)))
        subjects.append(np.full(len(labels[-1]), recording.subject))
    return np.concatenate(features), np.concatenate(labels), np.concatenate(subjects), found.labels
