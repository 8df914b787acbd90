"""The cell under load, against ngspice and against theory."""

import copy

import numpy as np
import pytest

from hardware.netlist import read
from hardware.spice import supply
from hardware.spice.supply import Cell
from hardware.virtual_board.parts.coin_cell import AGED, FRESH, CoinCell, bulk_farad
from hardware.virtual_board.ticks import from_seconds


@pytest.mark.parametrize("cell", [FRESH, AGED], ids=["fresh", "aged"])
def test_a_beacon_pulls_it_down_as_ngspice_says(cell: Cell) -> None:
    board = read()
    expected = supply.beacon(board, cell)
    model = CoinCell(cell, bulk_farad(board, cell.volt))
    model.draw(float(expected.load_a[0]), 0)
    settled = from_seconds(1.0)
    found = []
    for time_s, load_a in zip(expected.time_s, expected.load_a, strict=True):
        now = settled + from_seconds(float(time_s))
        found.append(model.volt(now))
        model.draw(float(load_a), now)
    assert np.max(np.abs(np.array(found) - expected.supply_v)) < 0.003
    assert abs(min(found) - expected.supply_v.min()) < 0.003


def test_it_says_when_it_will_be_so_low() -> None:
    model = CoinCell(Cell(3.0, 60.0), 30e-6)
    model.draw(20e-3, 1000)
    when = model.when_at(2.2)
    assert when is not None
    assert model.volt(when) == pytest.approx(2.2, abs=1e-6)
    assert model.when_at(1.7) is None  # it settles at 1.8 V
    model.draw(0.0, when)
    assert model.when_at(1.9) is None
    assert model.when_at(2.9) is not None


def test_a_copy_goes_its_own_way() -> None:
    model = CoinCell(FRESH, 30e-6)
    model.draw(10e-3, 0)
    other = copy.deepcopy(model)
    model.exchange(AGED, from_seconds(1e-3))
    later = from_seconds(0.1)
    assert other.volt(later) == pytest.approx(3.0 - 10e-3 * 20.0)
    assert model.volt(later) == pytest.approx(2.75 - 10e-3 * 60.0)
