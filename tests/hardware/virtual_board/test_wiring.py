"""The wiring as the netlist gives it, and as a fault in the netlist changes it."""

from collections.abc import Callable

import pytest
from faults import add, exchange, reconnect, remove

from hardware.netlist import Netlist, Terminal, read
from hardware.virtual_board.device import Drive
from hardware.virtual_board.wiring import Level, Wiring

SCL, SDA = ("U1", "PB6"), ("U1", "PB7")


@pytest.fixture
def board() -> Wiring:
    return Wiring(read())


def test_the_accelerometer_is_on_the_bus(board: Wiring) -> None:
    assert board.bus_targets(SCL, SDA, ["U2", "U9"]) == ["U2"]


@pytest.mark.parametrize(
    "fault",
    [
        lambda netlist: exchange(netlist, "U2", "SCL", "SDA"),
        lambda netlist: reconnect(netlist, "U2", "SDA", None),
        lambda netlist: remove(netlist, "R2"),
        lambda netlist: remove(netlist, "U2"),
        lambda netlist: reconnect(netlist, "U2", "VDD", None),
        lambda netlist: reconnect(netlist, "U2", "VDD", "GND"),
        lambda netlist: reconnect(netlist, "U2", "VDD", "LED"),
        lambda netlist: reconnect(netlist, "U2", "GNDIO", "VBAT"),
        lambda netlist: reconnect(netlist, "R3", "1", "GND"),
        lambda netlist: reconnect(netlist, "U1", "PB6", None),
    ],
    ids=[
        "swapped",
        "open",
        "no pull-up",
        "missing",
        "supply open",
        "supply on ground",
        "supply on a signal",
        "ground on supply",
        "pulled down",
        "MCU open",
    ],
)
def test_a_fault_takes_it_off_the_bus(fault: Callable[[Netlist], Netlist]) -> None:
    assert Wiring(fault(read())).bus_targets(SCL, SDA, ["U2"]) == []


def test_levels_follow_drivers_then_resistors_then_the_pin(board: Wiring) -> None:
    mcu, sensor = Terminal("U1", "14"), Terminal("U2", "2")
    assert board.level("I2C_SDA", {}) is Level.HIGH
    assert board.level("I2C_SDA", {sensor: Drive.LOW}) is Level.LOW
    assert board.level("I2C_SDA", {sensor: Drive.LOW, mcu: Drive.OPEN}) is Level.LOW
    assert board.level("I2C_SDA", {sensor: Drive.LOW, mcu: Drive.HIGH}) is Level.CONTENTION
    assert board.level("ACC_INT", {}) is Level.FLOATING
    assert board.level("ACC_INT", {}, Drive.HIGH) is Level.HIGH
    assert board.level("I2C_SDA", {}, Drive.LOW) is Level.HIGH
    assert board.level("GND", {}) is Level.LOW
    assert board.level("VBAT", {}) is Level.HIGH


def test_the_stronger_of_two_resistors_wins() -> None:
    board = Wiring(add(read(), "R9", "R_1k", "motion", {"1": "I2C_SDA", "2": "GND"}))
    assert [(pull.resistor, pull.high) for pull in board.pulls("I2C_SDA")] == [("R3", True), ("R9", False)]
    assert board.level("I2C_SDA", {}) is Level.LOW


def test_a_resistor_between_signals_pulls_nothing(board: Wiring) -> None:
    assert board.pulls("MIC_PWR") == []
    assert board.pulls("LED") == []


def test_joined_pins(board: Wiring) -> None:
    assert board.joined(("U1", "PA6"), ("U2", "INT1"))
    assert not board.joined(("U1", "PA6"), ("U2", "INT2"))
    assert not board.joined(("U1", "PA6"), ("U9", "INT1"))
