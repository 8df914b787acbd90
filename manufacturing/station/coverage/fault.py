"""One fault of a board as data, and the classes of the PCOLA/SOQ scheme that faults are counted by."""

from dataclasses import dataclass
from enum import StrEnum

from manufacturing.station.coverage.changes import Change


class FaultClass(StrEnum):
    """Of a part: presence, correctness, orientation, live, alignment. Of its joints: shorts, opens, quality."""

    PRESENCE = "presence"
    CORRECTNESS = "correctness"
    ORIENTATION = "orientation"
    LIVE = "live"
    ALIGNMENT = "alignment"
    SHORTS = "shorts"
    OPENS = "opens"
    QUALITY = "quality"


# No electrical test sees them before they become another fault: they are counted by inspection, not here.
NOT_DERIVED = {
    FaultClass.ALIGNMENT: "a misplaced part that makes contact works; one that does not is counted as an open or a short",
    FaultClass.QUALITY: "a weak joint that makes contact works; one that does not is counted as an open",
}


@dataclass(frozen=True)
class Fault:
    """`name` is unique on a board. Faults with equal `change` are one board electrically: one run tells of all."""

    name: str
    fault_class: FaultClass
    change: Change
    sentence: str


@dataclass(frozen=True)
class LeftOut:
    """A fault that is none, or that the virtual board cannot have, and why."""

    fault: Fault
    reason: str
