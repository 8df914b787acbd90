import numpy as np
import pytest
from faults import remove

from hardware import netlist as netlists
from hardware.netlist import Netlist
from hardware.parts.cell import CUTOFF_V
from hardware.spice import supply
from hardware.spice.deck import Corner
from hardware.spice.supply import Cell

AGED = Cell(2.75, 60.0)


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def test_the_first_packet_drops_the_supply_as_theory_says(board: Netlist) -> None:
    alone = board
    for component, _ in board.on_net("VBAT"):
        if component.ref.startswith("C") and component.ref != "C1":
            alone = remove(alone, component.ref)
    pulse = supply.beacon(alone, AGED)
    farad = 47e-6 * (1 - 0.45 * 2.75 / 3)  # keeps 55 % at 3 V
    drop = 18e-3 * 60 * (1 - np.exp(-0.35e-3 / (60 * farad)))
    first = pulse.supply_v[pulse.time_s < 5e-3].min()
    assert first == pytest.approx(2.75 - 60 * 1.5e-3 - drop, abs=2e-3)


def test_three_packets_are_sent_on_top_of_the_running_mcu(board: Netlist) -> None:
    load = supply.beacon(board, AGED).load_a
    assert (load.min(), load.max()) == pytest.approx((1.5e-3, 19.5e-3))
    assert np.count_nonzero(np.diff((load > 10e-3).astype(int)) == 1) == 3


def test_without_the_bulk_capacitor_an_aged_cell_falls_below_the_cut_off(board: Netlist) -> None:
    assert supply.beacon(board, AGED).supply_v.min() > CUTOFF_V
    assert supply.beacon(remove(board, "C1"), AGED).supply_v.min() < CUTOFF_V


def test_less_capacity_means_more_drop(board: Netlist) -> None:
    least = supply.beacon(board, AGED, Corner(scale={"C1": 0.8})).supply_v.min()
    assert least < supply.beacon(board, AGED).supply_v.min()


def test_the_resistance_that_is_found_is_the_border(board: Netlist) -> None:
    ohm = supply.most_resistance(board, 2.75, CUTOFF_V)
    assert supply.beacon(board, Cell(2.75, ohm)).supply_v.min() >= CUTOFF_V
    assert supply.beacon(board, Cell(2.75, 1.02 * ohm)).supply_v.min() < CUTOFF_V
