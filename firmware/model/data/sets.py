"""The public data sets: where each comes from, under which licence, whom to name, and what is in the converted file.

`digest` is that of the converted arrays (arrays.digest). It proves a download as well: the archives that GitHub packs may differ
from day to day in their compression, but what they hold may not. That the converters make exactly these arrays of exactly these
commits was tried once on the repositories themselves.
"""

from dataclasses import dataclass

from hardware.errors import InputError


@dataclass(frozen=True)
class PublicSet:
    """`file` is its .npz. `folder` of `repository` at `commit` holds the originals. `source`, `licence` and `cite` go into all
    that is made from the set.
    """

    name: str
    kind: str  # "motion" or "sound"
    file: str
    about: str
    repository: str  # of GitHub
    commit: str
    folder: str
    licence: str
    cite: str
    digest: str

    @property
    def source(self) -> str:
        return f"https://github.com/{self.repository}/tree/{self.commit}/{self.folder}"

    @property
    def attribution(self) -> str:
        """One line for headers of generated files."""
        return f"{self.name}: {self.cite} Licence {self.licence}. {self.source}"


SPSW_HAR = PublicSet(
    name="spsw_har",
    kind="motion",
    file="spsw_har.npz",
    about="sitting, standing up, walking, turning, sitting down; phone in a pocket and watch on a wrist; 23 subjects",
    repository="GeoTecINIT/sp-sw-har-dataset",
    commit="1408d85a512a53861de7bc4729dee283fff2ea9d",
    folder="DATA",
    licence="CC BY 4.0",
    cite="Matey-Sanz, Casteleyn and Granell: Dataset of inertial measurements of smartphones and smartwatches for human activity "
    "recognition. Data in Brief, 2023. doi 10.1016/j.dib.2023.109809, zenodo 8398688; gyroscope dropped.",
    digest="a0da65abcc2804acda35c23a9f2e54103a0e164fe762a2fedb200e807cbf0ea6",
)
HAR_EXERCISE_1 = PublicSet(
    name="har_exercise_1",
    kind="motion",
    file="har_exercise_1.npz",
    about="squats, jumping jacks, lunges and others; watch on a wrist; one subject assumed (?)",
    repository="emlearn/emlearn-micropython",
    commit="3234e689a8c7eb42a3af1f75b6f72d36859e0ed2",
    folder="examples/har_trees/data/raw/har_record_exercises_1/data",
    licence="MIT",
    cite="Jon Nordby et al.: emlearn-micropython, exercises recorded for its activity recognition example.",
    digest="fa4bb993fe0de6dbae8ea6dd46a028d9fbb0059b7280eefd27c47fe76db65c29",
)
FSDD = PublicSet(
    name="fsdd_8k",
    kind="sound",
    file="fsdd_8k.npz",
    about="spoken digits zero to nine in English, 8 kHz; 6 speakers",
    repository="Jakobovski/free-spoken-digit-dataset",
    commit="26eb9aaf76e81b692f806f9140c2d2777410d7a1",
    folder="recordings",
    licence="CC BY-SA 4.0",
    cite="Zohar Jackson et al.: Free Spoken Digit Dataset (FSDD).",
    digest="25a42d9bc678799e32843d9af3307486406d2fac9817e6f93debf1ce7827229d",
)
SETS = (SPSW_HAR, HAR_EXERCISE_1, FSDD)


def named(name: str) -> PublicSet:
    for found in SETS:
        if found.name == name:
            return found
    raise InputError(f"there is no data set {name!r}: say {', '.join(found.name for found in SETS)}")
