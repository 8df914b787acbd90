import pytest
from faults import reconnect

from hardware import netlist as netlists
from hardware.netlist import Netlist
from hardware.parts import PARTS
from hardware.spice.deck import NOMINAL, Corner, elements, share_of_capacitance


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def lines(netlist: Netlist, ref: str, corner: Corner = NOMINAL, bias_v: dict[str, float] | None = None) -> list[str]:
    return list(elements(netlist, [netlist.components[ref]], corner, bias_v or {}))


def test_nodes_and_values_are_those_of_the_netlist(board: Netlist) -> None:
    assert lines(board, "R5") == ["RR5 amp_fb mic_adc 100000"]
    assert lines(board, "C14") == ["CC14 amp_leg 0 1e-06"]


def test_a_corner_scales_a_value(board: Netlist) -> None:
    assert lines(board, "R5", Corner(scale={"R5": 1.01})) == ["RR5 amp_fb mic_adc 101000"]


def test_a_ceramic_capacitor_loses_value_with_its_voltage(board: Netlist) -> None:
    assert lines(board, "C11", bias_v={"vmic": 3.0}) == ["CC11 vmic 0 4e-06"]
    assert lines(board, "C11", bias_v={"vmic": 1.5}) == ["CC11 vmic 0 7e-06"]
    assert share_of_capacitance(PARTS["C_10u"], 5.0) == pytest.approx(0.4)  # no fact beyond 3 V


def test_an_open_pin_has_a_node_of_its_own(board: Netlist) -> None:
    assert lines(reconnect(board, "R5", "1", None), "R5") == ["RR5 open_r5_1 mic_adc 100000"]


def test_a_corner_replaces_a_figure_of_a_chip(board: Netlist) -> None:
    corner = Corner(facts={("U4", "supply_ua"): 99.0})
    assert "9.9e-05" in "".join(lines(board, "U4", corner))
    assert "9.9e-05" not in "".join(lines(board, "U4"))


def test_a_part_without_model_is_left_out(board: Netlist) -> None:
    assert lines(board, "TP1") == []
