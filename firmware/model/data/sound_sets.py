"""The public set of sound as recordings; the layout of its file stands in originals.py."""

from pathlib import Path

from firmware.model.data import arrays, place
from firmware.model.data.originals import DIGITS, DIGITS_RATE_HZ
from firmware.model.data.recording import Sound, SoundSet, texts
from firmware.model.data.sets import FSDD, PublicSet


def fsdd(folder: Path | None = None, public: PublicSet = FSDD) -> SoundSet:
    """3000 spoken digits. `session` is the original's index, "0" to "49"; its own test split, of speakers that are also trained
    on, is "0" to "4".
    """
    found = arrays.read(folder or place.folder(), public)
    speakers = texts(found["speakers"])
    recordings = tuple(
        Sound(
            samples=samples,
            rate_hz=DIGITS_RATE_HZ,
            label=int(digit),
            subject=speakers[speaker],
            session=str(index),
            device="",
            source=f"{digit}_{speakers[speaker]}_{index}.wav",
        )
        for samples, digit, speaker, index in zip(
            arrays.parts(found["audio"], found["length"]), found["digit"], found["speaker"], found["index"], strict=True
        )
    )
    return SoundSet(public.name, DIGITS, recordings, public.attribution)
