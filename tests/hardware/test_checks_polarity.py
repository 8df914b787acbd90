from dataclasses import replace
from pathlib import Path

import pytest
from faults import define, exchange, reconnect, remove

from hardware import netlist as netlists
from hardware.checks.footprint_mark import marked_pads, path_of
from hardware.checks.polarity import findings
from hardware.netlist import Netlist
from hardware.parts import PARTS
from hardware.parts.part import Polarity

OWN_FOOTPRINT = """(footprint "x" (layer "F.Cu")
  (fp_line (start -1 -1) (end 1 -1) (layer "F.Fab"))
  (fp_circle (center {x} -1.5) (end {x} -1.4) (layer "F.SilkS"))
  (pad "1" smd rect (at -1 -1) (size 1 1) (layers "F.Cu"))
  (pad "2" smd rect (at 1 -1) (size 1 1) (layers "F.Cu")))
"""


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


@pytest.fixture
def none_yet(tmp_path: Path) -> Path:
    return tmp_path / "not generated yet.pretty"


def test_every_part_of_the_board_is_turned_right(board: Netlist, none_yet: Path) -> None:
    assert findings(board, none_yet) == []


def test_a_turned_led_is_found(board: Netlist, none_yet: Path) -> None:
    (finding,) = findings(exchange(board, "D1", "A", "K"), none_yet)
    assert finding.startswith("D1: anode A on net GND cannot be high")


def test_an_led_that_the_pin_pulls_down_is_right(board: Netlist, none_yet: Path) -> None:
    """Anode on the supply, cathode through the resistor to the pin: the other common way."""
    assert findings(reconnect(exchange(board, "D1", "A", "K"), "D1", "A", "VBAT"), none_yet) == []


def test_an_led_that_nothing_drives_is_found(board: Netlist, none_yet: Path) -> None:
    assert any(line.startswith("D1: anode A on net LED_A cannot be high") for line in findings(remove(board, "R1"), none_yet))


def test_a_turned_cell_is_found(board: Netlist, none_yet: Path) -> None:
    (finding,) = findings(exchange(board, "BT1", "+", "-"), none_yet)
    assert finding.startswith("BT1: + is on net GND and - on net VBAT")


def test_exchanged_supply_pins_of_a_chip_are_found(board: Netlist, none_yet: Path) -> None:
    found = findings(exchange(board, "U4", "V+", "V-"), none_yet)
    assert any(line.startswith("U4 pin V+: a supply pin on net GND") for line in found)
    assert any(line.startswith("U4 pin V-: a ground pin on net VMIC") for line in found)


def test_a_mark_at_another_pad_than_the_parts_is_found(board: Netlist, none_yet: Path) -> None:
    turned = replace(PARTS["KT-0603R"], polarity=Polarity("2", "bar at the anode", ""))
    (finding,) = findings(define(board, "D1", turned), none_yet)
    assert "marks pad 1, but the mark of KT-0603R (bar at the anode) is at pin 2" in finding


def test_a_part_without_declared_polarity_is_found(board: Netlist, none_yet: Path) -> None:
    (finding,) = findings(define(board, "U4", replace(PARTS["LMV321IDBVR"], polarity=None)), none_yet)
    assert finding.startswith("U4: LMV321IDBVR can be turned")


def test_own_footprints_are_judged_once_they_are_generated(board: Netlist, tmp_path: Path) -> None:
    microphone = board.components["MK1"].footprint.split(":")[1]
    (tmp_path / f"{microphone}.kicad_mod").write_text(OWN_FOOTPRINT.format(x=1))
    found = findings(board, tmp_path)
    assert any(line.startswith("MK1") and "marks pad 2" in line for line in found)
    assert any(line.startswith("BT1") and "does not exist" in line for line in found)
    (tmp_path / f"{microphone}.kicad_mod").write_text(OWN_FOOTPRINT.format(x=-1))
    assert not any(line.startswith("MK1") for line in findings(board, tmp_path))


@pytest.mark.parametrize("name", ["PY32F003F18P6TU", "SC7A20HTR", "Ci24R1", "LMV321IDBVR", "KT-0603R"])
def test_kicads_footprints_mark_pad_1(name: str) -> None:
    assert marked_pads(path_of(PARTS[name].footprint)) == {"1"}


def test_a_resistor_has_no_mark() -> None:
    assert marked_pads(path_of(PARTS["R_1k"].footprint)) == set()
