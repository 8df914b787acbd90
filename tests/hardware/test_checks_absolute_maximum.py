from dataclasses import replace

import pytest
from faults import add, define, reconnect

from hardware import netlist as netlists
from hardware.checks import potentials
from hardware.checks.absolute_maximum import findings
from hardware.netlist import Netlist
from hardware.parts import PARTS
from hardware.parts.part import Rating


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def with_cell_of(netlist: Netlist, volt: float) -> Netlist:
    return define(netlist, "BT1", replace(PARTS["BS-02-A1AJ010"], facts={"source_max_v": volt}))


def test_the_board_keeps_every_rating(board: Netlist) -> None:
    assert findings(board) == []


def test_a_cell_of_4_2_volt_destroys_radio_accelerometer_and_microphone(board: Netlist) -> None:
    found = " | ".join(findings(with_cell_of(board, 4.2)))
    for pin in ("U2 pin VDD", "U2 pin VDDIO", "U3 pin VDD", "MK1 pin VDD"):
        assert f"{pin}: net" in found
    assert "4.2 V (from BT1 pin +), above the absolute maximum of 3.6 V" in found
    assert "U1" not in found  # the MCU bears 6.25 V


def test_a_programmer_of_5_volt_is_found_at_its_pads(board: Netlist) -> None:
    found = findings(define(board, "J1", replace(PARTS["programming_pads"], facts={"source_max_v": 5.0})))
    assert any("U3 pin VDD" in line and "from J1 pin VBAT" in line for line in found)


def test_voltage_reaches_the_microphone_through_pin_and_resistor_but_not_through_a_capacitor(board: Netlist) -> None:
    levels = potentials.levels(board)
    assert levels["VMIC"].volt == pytest.approx(3.465)
    assert "RF_ANT" not in levels  # behind a capacitor
    assert "GND" not in levels


def test_a_pin_above_its_own_supply_is_found(board: Netlist) -> None:
    low = replace(PARTS["BS-02-A1AJ010"], facts={"source_max_v": 3.6})
    separate = reconnect(define(board, "BT1", low), "U3", "CSN", "OTHER")
    driven = reconnect(separate, "BT1", "+", "OTHER")
    assert any("U3 pin CSN" in line and "over its supply VDD" in line for line in findings(with_cell_of(driven, 4.0)))


def test_class_2_capacitors_are_derated(board: Netlist) -> None:
    ceramic = PARTS["C_47u"]
    four_volt = replace(ceramic, rating=Rating("capacitance", 47e-6, 0.2, voltage_max_v=4.0, dielectric="X5R"))
    c0g = replace(ceramic, rating=Rating("capacitance", 47e-6, 0.2, voltage_max_v=4.0, dielectric="C0G"))
    assert any("C1 pin 1" in line and "80%" in line for line in findings(define(board, "C1", four_volt)))
    assert findings(define(board, "C1", c0g)) == []


@pytest.mark.parametrize("net", ["VBAT", "LED"])
def test_a_switched_part_fed_through_its_pin_is_found(board: Netlist, net: str) -> None:
    """The microphone is off while the MCU runs: nothing may hold its output up, not even through a resistor."""
    fault = add(board, "R9", "R_100k", "audio", {"1": net, "2": "MIC_OUT"})
    found = findings(fault)
    assert any("U4 pin IN+" in line and "switched off" in line for line in found) == (net == "VBAT")
    direct = reconnect(reconnect(board, "MK1", "OUT", None), "U4", "IN+", net)
    assert any("U4 pin IN+" in line and "switched off" in line for line in findings(direct))


def test_a_microphone_that_is_always_on_is_not_switched(board: Netlist) -> None:
    assert set(potentials.switching_pins(board)) == {"VMIC"}
    assert potentials.switching_pins(reconnect(board, "R4", "1", "VBAT")) == {}
