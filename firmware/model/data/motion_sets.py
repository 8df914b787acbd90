"""The public sets of motion as recordings. Their files hold 1/2048 g; the layout stands in originals.py."""

from pathlib import Path

import numpy as np

from firmware.model.data import arrays, place
from firmware.model.data.originals import COUNTS_PER_G, EXERCISE_RATE_HZ
from firmware.model.data.recording import Motion, MotionSet, texts
from firmware.model.data.sets import HAR_EXERCISE_1, SPSW_HAR, PublicSet

PHONE, WATCH = "smartphone", "smartwatch"


def spsw_har(device: str = "", folder: Path | None = None, public: PublicSet = SPSW_HAR) -> MotionSet:
    """Subjects 1 to 23, each doing the same script several times (session). `device`: PHONE, WATCH, or both if not said."""
    found = arrays.read(folder or place.folder(), public)
    devices, lengths = texts(found["devices"]), found["file_len"]
    recordings = tuple(
        Motion(
            samples_g=counts / COUNTS_PER_G,
            time_s=np.cumsum(elapsed_ms, dtype=np.int64) / 1000,
            label=label.astype(np.intp),
            subject=str(subject),
            session=str(execution),
            device=devices[worn],
            source=f"s{subject:02}_{execution:02}_{'sw' if devices[worn] == WATCH else 'sp'}",
        )
        for counts, elapsed_ms, label, subject, execution, worn in zip(
            arrays.parts(found["acc"], lengths),
            arrays.parts(found["dt_ms"], lengths),
            arrays.parts(found["label"], lengths),
            found["subject"],
            found["execution"],
            found["device"],
            strict=True,
        )
        if not device or devices[worn] == device
    )
    return MotionSet(public.name, texts(found["labels"]), recordings, public.attribution)


def har_exercise_1(folder: Path | None = None, public: PublicSet = HAR_EXERCISE_1) -> MotionSet:
    """One label a file. That all are of one subject is assumed (?); a session is a day."""
    found = arrays.read(folder or place.folder(), public)
    lengths = found["file_len"]
    recordings = tuple(
        Motion(
            samples_g=counts / COUNTS_PER_G,
            time_s=np.arange(len(counts)) / EXERCISE_RATE_HZ,
            label=np.full(len(counts), label, np.intp),
            subject="1",
            session=source[: len("2000-01-01")],
            device=WATCH,
            source=source,
        )
        for counts, label, source in zip(
            arrays.parts(found["acc"], lengths), found["file_label"], texts(found["files"]), strict=True
        )
    )
    return MotionSet(public.name, texts(found["labels"]), recordings, public.attribution)
