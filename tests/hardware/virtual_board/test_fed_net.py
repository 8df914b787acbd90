"""The capacity that a pin of the microcontroller feeds: which one that is, and its voltage over time."""

from math import exp

import pytest
from faults import reconnect, remove

from hardware import netlist
from hardware.netlist import Netlist
from hardware.spice import preamp
from hardware.spice.deck import NOMINAL
from hardware.virtual_board.device import Drive
from hardware.virtual_board.fed_net import FedNet, FedVoltage, fed_nets
from hardware.virtual_board.ticks import from_seconds

BOARD = netlist.read()
SUPPLY_V = 3.0
MS = from_seconds(1e-3)


def fed(board: Netlist = BOARD) -> FedNet:
    (found,) = fed_nets(board, "U1", preamp.supplying_pins(board))
    return found


def test_the_microphones_supply_is_fed_through_its_resistor() -> None:
    assert (fed().net, fed().ohm, fed().load_a) == ("MIC_PWR", 220 + 50, pytest.approx(165e-6))
    assert fed().farad(0.0) == pytest.approx(10.1e-6)
    assert fed().farad(3.0) == pytest.approx(4.095e-6)  # what ceramic keeps of it


def test_without_resistor_or_capacitors_nothing_is_fed() -> None:
    for board in (remove(BOARD, "R4"), remove(remove(BOARD, "C11"), "C12")):
        assert fed_nets(board, "U1", preamp.supplying_pins(board)) == ()


def test_a_resistor_that_is_shorted_leaves_the_pin() -> None:
    board = reconnect(BOARD, "R4", "2", "MIC_PWR")
    joined = Netlist(board.components, {**board.nets, "MIC_PWR": (*board.nets["MIC_PWR"], *board.nets["VMIC"]), "VMIC": ()})
    assert fed(joined).ohm == 50


def test_a_pin_on_the_supply_feeds_nothing() -> None:
    joined = {name: ends for name, ends in BOARD.nets.items() if name != "MIC_PWR"}
    joined["VBAT"] = (*BOARD.nets["VBAT"], *BOARD.nets["MIC_PWR"])
    assert fed_nets(Netlist(BOARD.components, joined), "U1", ["8"]) == ()


def test_it_settles_where_ngspice_says_and_discharges() -> None:
    found = FedVoltage(fed())
    start = preamp.switch_on(BOARD, preamp.ideal_supply(BOARD, SUPPLY_V), NOMINAL, {})
    found.drive(Drive.HIGH, SUPPLY_V, 0)
    settled = found.volt(100 * MS)
    assert settled == pytest.approx(start.settled_supply_v, abs=0.01)
    found.drive(Drive.LOW, SUPPLY_V, 100 * MS)
    share = found.volt(102 * MS) / settled
    assert share == pytest.approx(exp(-2e-3 / (270 * fed().farad(settled))), rel=1e-6)


def test_floating_it_keeps_its_charge_but_for_what_the_microphone_takes() -> None:
    found = FedVoltage(fed())
    found.drive(Drive.HIGH, SUPPLY_V, 0)
    before = found.volt(50 * MS)
    found.drive(Drive.OPEN, SUPPLY_V, 50 * MS)
    assert before - found.volt(51 * MS) == pytest.approx(165e-6 * 1e-3 / fed().farad(before))
    assert found.volt(10_000 * MS) == 0


def test_the_input_reads_high_above_half_the_supply() -> None:
    found = FedVoltage(fed())
    found.drive(Drive.HIGH, SUPPLY_V, 0)
    moments = [at * MS // 10 for at in range(100)]
    read = [found.is_high(SUPPLY_V, at) for at in moments]
    assert read == [found.volt(at) > 1.5 for at in moments]
    assert not read[0]
    assert read[-1]
