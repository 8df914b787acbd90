from dataclasses import replace

import pytest
from faults import reconnect, remove

from hardware import netlist as netlists
from hardware.checks.open_pins import findings
from hardware.netlist import Netlist


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def declare_open(netlist: Netlist, ref: str, *pins: str) -> Netlist:
    return Netlist({**netlist.components, ref: replace(netlist.components[ref], open_pins=pins)}, netlist.nets)


def test_every_pin_is_connected_or_declared(board: Netlist) -> None:
    assert board.components["U1"].open_pins == ("PA1", "PF0", "PF1")
    assert findings(board) == []


def test_a_forgotten_pin_is_found(board: Netlist) -> None:
    (finding,) = findings(declare_open(board, "U1", "PA1", "PF0"))
    assert finding.startswith("U1 pin 17 (PF1) is on no net and not declared open")


def test_a_declared_pin_on_a_net_is_found(board: Netlist) -> None:
    assert findings(reconnect(board, "U1", "PF1", "LED")) == ["U1 pin 17 (PF1) is declared open and yet on net LED"]


def test_an_input_declared_open_is_found(board: Netlist) -> None:
    fault = declare_open(reconnect(board, "U3", "CSN", None), "U3", "CSN")
    assert any(line == "U3 pin 1 (CSN) is declared open, but is an input that would float" for line in findings(fault))


def test_a_supply_pin_declared_open_is_found(board: Netlist) -> None:
    fault = declare_open(reconnect(board, "U3", "VDD", None), "U3", "VDD")
    assert any("U3 pin 6 (VDD) is declared open, but is a supply pin" in line for line in findings(fault))


def test_a_net_with_one_pin_is_found(board: Netlist) -> None:
    assert findings(remove(board, "R6")) == ["net AMP_LEG joins 1 pin (C14 pin 1): a net needs two"]


def test_a_pin_that_must_stay_unconnected_is_found(board: Netlist) -> None:
    fault = declare_open(reconnect(board, "U2", "NC4", "GND"), "U2", "INT2", "NC11")
    assert findings(fault) == ["U2 pin 4 (NC4) must stay unconnected by its maker's word, but is on net GND"]
