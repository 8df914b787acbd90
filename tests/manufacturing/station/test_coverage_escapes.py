"""Whatever passes the station has its reason told by where on the circuit it is, and a real one."""

import bench
import pytest

from hardware.netlist import Terminal
from manufacturing.station.coverage.changes import Change, Missing, Open, OtherCell, OtherPart, OtherValue, short
from manufacturing.station.coverage.derive import CELLS
from manufacturing.station.coverage.escapes import UNEXPLAINED, why


def joined(first: str, second: str) -> Change:
    one, other = (Terminal(*pin.split(".")) for pin in (first, second))
    return short(bench.circuit(), one, other)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Missing("C2"), "other capacitors stand beside it"),
        (Open(Terminal("C2", "1")), "other capacitors stand beside it"),
        (OtherPart("C4", "C_1u"), "other capacitors stand beside it"),
        (Missing("C8"), "less than good boards and fixtures spread"),
        (Missing("C9"), "less than good boards and fixtures spread"),
        (joined("L1.1", "L1.2"), "less than good boards and fixtures spread"),
        (Open(Terminal("U2", "10")), "open CS"),
        (joined("J1.3", "J1.4"), "both pads of the debug port"),
        (joined("U1.18", "U1.19"), "amplifier's output"),
    ],
)
def test_the_reason_follows_from_the_place(change: Change, words: str) -> None:
    assert words in why(bench.circuit(), change)


@pytest.mark.parametrize(
    "change",
    [
        *(Missing("U2"), Missing("R5"), OtherValue("R1", 10.0), OtherCell(CELLS["dry"][0])),
        *(
            OtherValue("R2", 10.0),
            OtherValue("R4", 10.0),
            joined("BT1.2", "R4.1"),
            joined("U2.5", "U2.6"),
            joined("U2.6", "U2.7"),
        ),
        *(joined("BT1.2", "J1.3"), Open(Terminal("U1", "10"))),
    ],
)
def test_no_reason_is_made_up_for_what_ought_to_be_found(change: Change) -> None:
    assert why(bench.circuit(), change) == UNEXPLAINED
