from dataclasses import replace

import pytest
from faults import define, reconnect, remove

from hardware import netlist as netlists
from hardware.checks.logic_levels import findings, margins
from hardware.netlist import Netlist


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def with_levels(netlist: Netlist, ref: str, **changed: float) -> Netlist:
    part = netlist.components[ref].part
    assert part.levels is not None
    return define(netlist, ref, replace(part, levels=replace(part.levels, **changed)))


def test_every_signal_of_the_board_has_noise_margin(board: Netlist) -> None:
    assert findings(board) == []


def test_both_ends_of_the_supply_and_both_directions_of_a_line_are_covered(board: Netlist) -> None:
    data = [m for m in margins(board) if m.net == "RF_DATA"]
    assert {(m.driver, m.receiver) for m in data} == {("U1 pin PA7", "U3 pin DATA"), ("U3 pin DATA", "U1 pin PA7")}
    assert {m.driver_supply_v for m in data} == {2.2, 3.465}


def test_margin_is_threshold_less_output_level(board: Netlist) -> None:
    (margin,) = [m for m in margins(board) if m.net == "RF_SCK" and m.driver_supply_v == 2.2]
    assert margin.low_v == pytest.approx((0.3 - 0.15) * 2.2)
    assert margin.high_v == pytest.approx((0.85 - 0.7) * 2.2)


def test_a_weak_output_is_found(board: Netlist) -> None:
    assert any("net ACC_INT: U2 pin INT1" in line for line in findings(with_levels(board, "U2", output_high_min=0.75)))


def test_a_receiver_with_a_higher_supply_is_found(board: Netlist) -> None:
    """A radio on its own 3.4 V does not read the MCU's high level at 2.2 V."""
    own = reconnect(reconnect(board, "U3", "VDD", "OTHER"), "BT1", "+", "OTHER")
    found = findings(own)
    assert any("net RF_SCK: U1 pin PA5 at 2.2 V leaves U3 pin SCK at 3.4 V" in line for line in found)


def test_a_pull_up_that_overloads_the_driver_is_found(board: Netlist) -> None:
    found = findings(define(board, "R3", "R_1k"))
    assert any("U2 pin SDA sink 3.46 mA" in line or "U2 pin SDA sink 3.47 mA" in line for line in found)


def test_a_bus_without_pull_up_has_no_high_level(board: Netlist) -> None:
    assert any("net I2C_SDA" in line for line in findings(remove(board, "R3")))


def test_an_analogue_net_is_not_judged_by_logic_levels(board: Netlist) -> None:
    assert "MIC_ADC" not in {m.net for m in margins(board)}
