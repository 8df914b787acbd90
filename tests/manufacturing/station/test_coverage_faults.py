"""The single faults of a board follow from its netlist and its pads."""

import functools
from collections import Counter
from dataclasses import replace

import pytest
from hand_made_board import NETLIST, PADS

from hardware import netlist, paths
from hardware.netlist import Netlist
from hardware.virtual_board.board import VirtualBoard
from manufacturing.station.coverage.changes import Turned, applied
from manufacturing.station.coverage.derive import Derived, derive, every
from manufacturing.station.coverage.fault import Fault, FaultClass
from manufacturing.station.coverage.no_difference import no_difference
from manufacturing.station.coverage.pads import placed

FIRMWARE = paths.FIRMWARE / "firmware.bin"
BOOT_S = 0.3  # the first beacons leave at once


@functools.cache
def circuit() -> Netlist:
    return netlist.read()


@functools.cache
def of_the_board() -> Derived:
    return derive(circuit(), placed(circuit()))


def by_class(faults: list[Fault]) -> Counter[FaultClass]:
    return Counter(fault.fault_class for fault in faults)


def named(name: str) -> Fault:
    derived = of_the_board()
    faults = (*derived.faults, *(left.fault for left in (*derived.equivalent, *derived.not_represented)))
    (fault,) = (fault for fault in faults if fault.name == name)
    return fault


def booted(fault: Fault | None) -> VirtualBoard:
    changed = applied(fault.change, circuit()) if fault is not None else None
    options = {"cell": changed.cell} if changed is not None else {}
    board = VirtualBoard(changed.netlist if changed is not None else circuit(), FIRMWARE, **options)
    board.run(BOOT_S)
    return board


def test_a_small_board_has_the_faults_counted_by_hand() -> None:
    assert by_class(list(every(NETLIST, PADS))) == {
        FaultClass.PRESENCE: 4,
        FaultClass.OPENS: 8,
        FaultClass.CORRECTNESS: 2 * 2 + 2,  # each resistor by ten either way, and each in the other's place
        FaultClass.ORIENTATION: 4 + 1,  # parts, and the cell in its holder
        FaultClass.SHORTS: 3 + 1,  # BT1's pins are too far apart; R1 touches D1
        FaultClass.LIVE: 2,
    }


def test_what_changes_nothing_on_the_small_board_is_told_with_its_reason() -> None:
    told = {fault.name: reason for fault in every(NETLIST, PADS) if (reason := no_difference(NETLIST, fault.change))}
    assert told == {
        "R1 turned": "the part is the same from both ends",
        "R2 turned": "the part is the same from both ends",
        "R2.2 open": "the pin is joined to nothing",
        "D1.2-R1.2 short": "both pads are on one net",
    }


def test_solder_to_a_spare_pin_of_the_microcontroller_changes_nothing_but_to_a_used_one_does() -> None:
    spare = {left.fault.name for left in of_the_board().equivalent if "spare" in left.reason}
    assert spare == {"U1.15-U1.16 short", "U1.16-U1.17 short", "U1.17-U1.18 short", "U1.19-U1.20 short", "R3.1-U1.16 short"}
    assert named("U1.18-U1.19 short") in of_the_board().faults


def test_no_fault_of_the_board_is_there_twice() -> None:
    derived = of_the_board()
    names = [f.name for f in derived.faults] + [left.fault.name for left in (*derived.equivalent, *derived.not_represented)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_pin_and_part_that_is_soldered_is_counted_once() -> None:
    derived = of_the_board()
    counts = by_class([*derived.faults, *(left.fault for left in (*derived.equivalent, *derived.not_represented))])
    print({str(kind): count for kind, count in by_class(list(derived.faults)).items()})
    fitted = [component for component in circuit().components.values() if component.part.is_bought]
    assert counts[FaultClass.PRESENCE] == len(fitted)
    assert counts[FaultClass.OPENS] == sum(len(component.part.pins) for component in fitted)


def test_the_virtual_board_can_have_every_fault_that_makes_a_difference() -> None:
    assert [left.fault.name for left in of_the_board().not_represented] == []


def test_a_coupling_capacitor_of_another_value_makes_no_difference_unless_it_lets_nothing_pass() -> None:
    told = {left.fault.name for left in of_the_board().equivalent if "couples as well" in left.reason}
    assert told == {"C10 x10", "C10 /10", "C10 is C_100n", "C10 is C_1u", "C10 is C_10u"}
    assert named("C10 is C_1.5p") in of_the_board().faults


@pytest.mark.parametrize("name", ["C10 missing", "C9 is C_100n", "L1.1 open", "U3.7 open", "U3.6-U3.7 short", "C8.1-C8.2 short"])
def test_a_fault_between_radio_and_antenna_makes_the_beacons_weaker_and_nothing_else(name: str) -> None:
    whole, faulty = booted(None), booted(named(name))
    assert named(name) in of_the_board().faults
    for good, weak in zip(whole.beacons, faulty.beacons, strict=True):
        assert replace(weak, rssi_dbm=good.rssi_dbm) == good
        assert weak.rssi_dbm < good.rssi_dbm - 10


@pytest.mark.parametrize(
    "name", ["U1 missing", "cell reversed", "U3.6 open", "Y1.2-Y1.3 short", "Y1.1 open", "U3.3-U3.4 short", "C1.1-C1.2 short"]
)
def test_a_board_whose_radio_cannot_work_sends_no_beacons(name: str) -> None:
    assert booted(None).beacons
    assert named(name) in of_the_board().faults
    assert not booted(named(name)).beacons


def test_turned_parts_lie_on_the_pads_opposite() -> None:
    assert {
        turn.ref: dict(turn.pads) for turn in [named("U4 turned").change, named("D1 turned").change] if isinstance(turn, Turned)
    } == {
        "U4": {"1": "4", "3": "5", "4": "1", "5": "3"},  # the middle pin of three lies on no pad
        "D1": {"1": "2", "2": "1"},
    }


def test_pads_across_a_package_are_not_adjacent() -> None:
    names = {fault.name for fault in of_the_board().faults}
    assert "U1.5-U1.6 short" in names
    assert not names & {"U1.1-U1.20 short", "U1.5-U1.7 short", "U3.4-U3.5 short"}


def test_a_short_to_ground_is_ground() -> None:
    shorted = applied(named("C1.1-C1.2 short").change, circuit()).netlist
    assert shorted.net_of("U1", "VCC") == "GND"
    assert "VBAT" not in shorted.nets
