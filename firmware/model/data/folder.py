"""The folder format of a user's own recordings.

    my_data/
        walking/                            the label: all recordings below have it
            20261122T201500.csv             motion: a header line x,y,z, then a row for each sample, in g as the sensor gave it
            20261122T201500.json            what is known about it
        yes/
            20261122T203000.wav             sound: 16 bit mono, full scale is the converter's
            20261122T203000.json

Labels are folders, because recordings are sorted and corrected with a file manager, and what is said once cannot disagree.
All else stands in the JSON file of the same name, because a CSV file with comments before its header is not what spreadsheets and
pandas.read_csv() expect, and most audio programs drop what they do not know in a WAV file. Both open with no program of ours.

Keys of the JSON file; those without a default must be there:

    rate_hz       samples per second, as measured. A WAV file's header has it rounded
    subject       who moved or spoke: models are tested on people whom they have not seen
    session       "" if not said. What was recorded in one go: it is never split between training and test
    device        "" if not said. For a board, its unique ID
    offset_g      [0, 0, 0] if not said. Motion only: what the board's configuration says to subtract from x, y, z
    full_scale_g  2 if not said. Motion only: samples there are clipped
    Others are for people, and kept: `recorded` (time), `firmware`, `seconds`.
"""

import re
from pathlib import Path
from typing import Final

from hardware.errors import InputError

Kind = str  # "motion" or "sound"
SUFFIX: Final = {"motion": ".csv", "sound": ".wav"}
HEADER: Final = ("x", "y", "z")

LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,23}")  # a word of the console, a part of a C name, a cell of a table


def check_label(label: str) -> str:
    if not LABEL.fullmatch(label):
        raise InputError(
            f"{label!r} is no label: take up to 24 letters, digits, - and _ without accents, the first a letter or digit"
        )
    return label


def recordings(folder: Path, kind: Kind) -> list[Path]:
    """All files of that kind, sorted. InputError if there are none."""
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}: record into it with dollar data record {kind} --out {folder}")
    found = sorted(path for path in folder.glob(f"*/*{SUFFIX[kind]}") if not path.name.startswith("."))
    if not found:
        stray = next(folder.glob(f"*{SUFFIX[kind]}"), None)
        hint = f"move {stray.name} into a folder named as its label" if stray else f"run dollar data record {kind} --out {folder}"
        raise InputError(f"{folder} holds no recordings of {kind} ({folder.name}/LABEL/*{SUFFIX[kind]}): {hint}")
    return found
