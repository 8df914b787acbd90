import pytest
from faults import add, define, reconnect, remove

from hardware import netlist as netlists
from hardware.checks.i2c_bus import addresses, findings, lines
from hardware.netlist import Netlist


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def second_accelerometer(netlist: Netlist, strap: str) -> Netlist:
    nets = {"VDD": "VBAT", "VDDIO": "VBAT", "CS": "VBAT", "GND": "GND", "GNDIO": "GND", "SCL": "I2C_SCL", "SDA": "I2C_SDA"}
    return add(netlist, "U9", "SC7A20HTR", "motion", {**nets, "SDO": strap})


def test_the_bus_of_the_board_is_sound(board: Netlist) -> None:
    assert findings(board) == []
    assert addresses(board) == {"U2": 0x18}
    assert {line.name: (line.net, line.pull_up_ohm) for line in lines(board)} == {
        "SCL": ("I2C_SCL", pytest.approx(4700)),
        "SDA": ("I2C_SDA", pytest.approx(4700)),
    }


def test_a_missing_pull_up_is_found(board: Netlist) -> None:
    assert findings(remove(board, "R2")) == ["net I2C_SCL (SCL): no pull-up resistor to the supply of its devices, net VBAT"]


def test_a_pull_up_to_another_supply_is_none(board: Netlist) -> None:
    assert any("no pull-up" in line for line in findings(reconnect(board, "R3", "1", "VMIC")))


def test_a_slow_pull_up_is_found(board: Netlist) -> None:
    (finding,) = findings(define(board, "R2", "R_100k"))
    assert "R2 of 100000 ohm lets it rise in 3423 ns at 40 pF" in finding


def test_a_pull_up_that_is_too_strong_is_found(board: Netlist) -> None:
    (finding,) = findings(define(board, "R3", "R_220"))
    assert "R3 of 220 ohm makes an output sink 14.1 mA" in finding


@pytest.mark.parametrize("net", [None, "ACC_INT"])
def test_a_floating_address_strap_is_found(board: Netlist, net: str | None) -> None:
    fault = reconnect(board, "U2", "SDO", net)
    assert addresses(fault) == {}
    assert any("U2 pin SDO: the address strap is" in line for line in findings(fault))


def test_two_devices_at_one_address_are_found(board: Netlist) -> None:
    assert findings(second_accelerometer(board, "VBAT")) == []
    assert findings(second_accelerometer(board, "GND")) == ["net I2C_SDA: U2 and U9 answer at the same address 0x18"]


def test_a_device_that_is_not_set_to_i2c_is_found(board: Netlist) -> None:
    assert any("U2 pin CS: must be on the supply VDDIO" in line for line in findings(reconnect(board, "U2", "CS", "GND")))
